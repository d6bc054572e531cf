from __future__ import annotations

import subprocess
import sys


def test_the_client_is_imported_without_the_price_of_its_transport() -> None:
    """The first window must not wait for httpx and TLS; they come with the first call."""
    program = (
        "import sys; import cashier.gateway.client; "
        "heavy = {'httpx', 'httpcore', 'truststore'} & set(sys.modules); "
        "sys.exit(f'imported: {heavy}' if heavy else 0)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

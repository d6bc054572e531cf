"""The gateway as a program of its own: `cashier-sandbox` or `python -m cashier.sandbox`."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

from cashier.sandbox.values import DEMO_API_KEY, DEMO_MERCHANT_ID, Profile

_TICK = 0.5


class _Arguments(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Arguments(
        prog="cashier-sandbox",
        description="The Invoice gateway for training, tests and integrators. No money moves.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", type=_port, default=0, help="0 takes a free one")
    parser.add_argument(
        "--profile",
        choices=[str(profile) for profile in Profile],
        default=str(Profile.LIVE),
        help="spec: strictly by the guide; live: as the service is known to behave",
    )
    parser.add_argument("--merchant-id", type=_login, default=DEMO_MERCHANT_ID)
    parser.add_argument("--api-key", type=_word, default=DEMO_API_KEY)
    parser.add_argument(
        "--public-url",
        type=_public_url,
        help="the address that payers reach, for a host other than this machine's loopback",
    )
    parser.add_argument(
        "--state-file",
        type=_state_file,
        metavar="FILE",
        help="remember terminals, payments, refunds and the port here from run to run",
    )
    return parser


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def _word(text: str) -> str:
    if not text or not text.isprintable() or " " in text:
        raise argparse.ArgumentTypeError("it must not be empty or hold blanks")
    return text


def _login(text: str) -> str:
    if ":" in text:
        raise argparse.ArgumentTypeError("it must not hold a colon")
    return _word(text)


def _public_url(text: str) -> str:
    from cashier.sandbox.server import is_public_url

    if not is_public_url(text):
        raise argparse.ArgumentTypeError("it must be an http or https address without a query")
    return text


def _state_file(text: str) -> Path:
    file = Path(text)
    if file.is_dir() or not file.parent.is_dir():
        raise argparse.ArgumentTypeError("it must be a file in a folder that exists")
    return file


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted. Returns 0, or 1 when the address cannot be had."""
    parser = _parser()
    options = parser.parse_args(arguments)
    from cashier.sandbox.server import SandboxServer, is_loopback_host

    if options.public_url is None and not is_loopback_host(options.host):
        parser.error("a --host other than loopback needs --public-url")
    server = SandboxServer(
        options.profile,
        merchant_id=options.merchant_id,
        api_key=options.api_key,
        host=options.host,
        port=options.port,
        public_url=options.public_url,
        state_file=options.state_file,
    )
    stop = threading.Event()

    def interrupted(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGINT, interrupted)
    signal.signal(signal.SIGTERM, interrupted)
    try:
        server.start()
    except OSError as error:
        where = f"{options.host}:{options.port}"
        print(f"cashier-sandbox: cannot listen on {where}: {error.strerror}", file=sys.stderr)
        return 1
    with server:
        print(f"Invoice sandbox ({options.profile}) is ready: {server.base_url}", flush=True)
        while not stop.wait(_TICK):
            continue
    return 0


if __name__ == "__main__":
    sys.exit(main())

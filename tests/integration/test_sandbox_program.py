"""The sandbox as a program: one ready line, one line for each trouble."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from tests.sandbox_probe import plain_client

DEMO = ("c24360cfac0a0c40c518405f6bc68cb0", "1526fec01b5d11f4df4f2160627ce351")


EVERYWHERE = "0.0.0.0"


@contextmanager
def program(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "cashier.sandbox", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def ready_url(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("Invoice sandbox")
    assert line.rstrip().endswith("/api/v2")
    return line.split()[-1]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_serves_and_ends_quietly(number: signal.Signals) -> None:
    with program() as process:
        url = ready_url(process)
        with plain_client(url, auth=DEMO) as client:
            made = client.post("/CreateTerminal", json={"name": "A", "type": "dynamic"}).json()
        process.send_signal(number)
        rest = process.communicate(timeout=10)

    assert made["type"] == "dynamical"
    assert rest == ("", "")
    assert process.returncode == 0


def test_it_takes_a_profile_a_merchant_and_a_key_and_never_prints_the_key() -> None:
    options = ("--profile", "spec", "--merchant-id", "shop", "--api-key", "topsecret")
    with program(*options) as process:
        url = ready_url(process)
        with plain_client(url, auth=("shop", "topsecret")) as client:
            made = client.post("/CreateTerminal", json={"name": "A", "alias": "a"}).json()
            refused = client.post("/GetTerminal", json={"alias": "a"}, auth=DEMO).json()
        process.terminate()
        printed, complaints = process.communicate(timeout=10)

    assert made["id"] == 13
    assert refused["error"] == 0
    assert "topsecret" not in printed + complaints


def test_it_listens_beyond_this_machine_only_with_a_public_url() -> None:
    options = ("--host", EVERYWHERE, "--public-url", "http://192.0.2.7:8080")
    with program(*options) as process:
        assert ready_url(process) == "http://192.0.2.7:8080/api/v2"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--host", EVERYWHERE),
        ("--port", "65536"),
        ("--port", "-1"),
        ("--port", "http"),
        ("--profile", "dream"),
        ("--merchant-id", ""),
        ("--merchant-id", "a:b"),
        ("--api-key", ""),
        ("--public-url", "192.0.2.7"),
        ("--public-url", "http://192.0.2.7/?a"),
        ("--nonsense",),
        ("nonsense",),
    ],
)
def test_wrong_arguments_are_one_line_and_exit_code_2(arguments: tuple[str, ...]) -> None:
    with program(*arguments) as process:
        printed, complaints = process.communicate(timeout=20)

    assert process.returncode == 2
    assert printed == ""
    assert len(complaints.splitlines()) == 1
    assert complaints.startswith("cashier-sandbox: ")


def test_a_taken_port_is_one_line_and_exit_code_1() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        with program("--port", port) as process:
            printed, complaints = process.communicate(timeout=20)

    assert process.returncode == 1
    assert printed == ""
    assert len(complaints.splitlines()) == 1
    assert port in complaints


def test_an_unknown_host_is_one_line_and_exit_code_1() -> None:
    options = ("--host", "nowhere.invalid", "--public-url", "http://192.0.2.7")
    with program(*options) as process:
        printed, complaints = process.communicate(timeout=30)

    assert process.returncode == 1
    assert printed == ""
    assert len(complaints.splitlines()) == 1


def test_the_till_does_not_pay_for_a_sandbox_it_does_not_use() -> None:
    script = "import sys, cashier.sandbox; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=20
    )

    assert not {"starlette", "uvicorn", "jinja2"} & set(done.stdout.split())


def test_the_sandbox_shares_no_code_with_the_tills_client() -> None:
    script = (
        "import sys, cashier.sandbox.__main__, cashier.sandbox.server;"
        "print(*(name for name in sys.modules if name.startswith('cashier.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=20
    )
    loaded = {name.split(".")[1] for name in done.stdout.split()}

    assert "gateway" not in loaded
    assert "services" not in loaded

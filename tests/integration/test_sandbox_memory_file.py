"""The gateway's memory as a file: its port, its damage, its owner, and a program that is killed."""

from __future__ import annotations

import json
import logging
import os
import shutil
import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from cashier.sandbox.server import SandboxServer
from tests.integration.test_sandbox_memory import ask, run
from tests.integration.test_sandbox_program import DEMO, program, ready_url
from tests.sandbox_probe import Probe, is_taken, plain_client


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "gateway.json"


def warnings_of(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.levelno >= logging.WARNING]


# The port


def test_the_port_is_kept_and_given_up_silently_when_it_is_taken(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with run(file) as first:
        kept = first.http.base_url.port or 0
        made = first.payment(10)
    with run(file) as second:
        assert second.http.base_url.port == kept

    with closing(socket.create_server(("127.0.0.1", kept))), run(file) as third:
        other = third.http.base_url.port
        answer = ask(third, made["id"])
        assert third.web.get(answer["payment_url"]).status_code == 200
    with run(file) as fourth:
        assert fourth.http.base_url.port == other != kept

    assert warnings_of(caplog) == []


def test_a_port_that_was_asked_for_stands_over_the_remembered_one(file: Path) -> None:
    with run(file) as first:
        kept = first.http.base_url.port or 0
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        wanted = other.getsockname()[1]
        with pytest.raises(OSError, check=is_taken):
            SandboxServer(port=wanted, state_file=file).start()

    with run(file, port=wanted) as second:
        assert second.http.base_url.port == wanted != kept
    with run(file) as third:
        assert third.http.base_url.port == wanted


# The file


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_its_owner_may_read_the_file(file: Path) -> None:
    with run(file) as probe:
        probe.payment(10)
        assert file.stat().st_mode & 0o777 == 0o600


def spoil(text: str, path: str, value: object) -> str:
    """The file's JSON with another value at a dotted path."""
    page = json.loads(text)
    *folders, name = path.split(".")
    place = page
    for folder in folders:
        place = place[int(folder)] if isinstance(place, list) else place[folder]
    place[name] = value
    return json.dumps(page)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: "\0" * len(text),
        lambda text: text + "}",
        lambda text: "[" * 100_000,
        lambda text: '{"language": "ru"}',
        lambda text: spoil(text, "version", 2),
        lambda text: spoil(text, "profile", "spec"),
        lambda text: spoil(text, "port", 70_000),
        lambda text: spoil(text, "facts.payments.0.status", "frozen"),
        lambda text: spoil(text, "facts.payments.0.created", "2026-11-24T11:32:00"),
        lambda text: spoil(text, "facts.payments.0.amount", 1.5),
        lambda text: spoil(text, "facts.payments.0.lines.0.quantity", "many"),
        lambda text: spoil(text, "facts.payments.0.custom_parameters", {"a": "1e99"}).replace(
            '"1e99"', "1e99999999999999999999"
        ),
    ],
    ids=[
        "empty", "cut", "zeros", "tail", "deep", "foreign", "version", "profile", "port",
        "status", "no-zone", "fraction", "not-a-number", "exponent",
    ],
)  # fmt: skip
def test_a_damaged_or_foreign_file_is_put_aside_and_training_starts_empty(
    file: Path, damage: Callable[[str], str], caplog: pytest.LogCaptureFixture
) -> None:
    with run(file) as first:
        lost = first.payment(10)
    file.write_text(damage(file.read_text(encoding="utf-8")), encoding="utf-8")
    damaged = file.read_bytes()
    taken = file.with_name("gateway.damaged-1.json")
    taken.write_bytes(b"an older one")

    with run(file) as second:
        assert ask(second, lost["id"])["error"] == 7
        made = second.payment(20)
    with run(file) as third:
        assert ask(third, made["id"]) == made

    assert taken.read_bytes() == b"an older one"
    assert file.with_name("gateway.damaged-2.json").read_bytes() == damaged
    assert len(warnings_of(caplog)) == 1
    assert "gateway.damaged-2.json" in warnings_of(caplog)[0]


def test_a_file_that_cannot_be_read_is_left_alone(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file.mkdir()

    with run(file) as probe:
        made = probe.payment(10)
        assert ask(probe, made["id"]) == made

    assert list(file.iterdir()) == []
    assert list(file.parent.iterdir()) == [file]
    assert len(warnings_of(caplog)) == 1


def test_a_file_that_cannot_be_written_is_written_as_soon_as_it_can(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "training" / "gateway.json"
    file.parent.mkdir()
    with run(file) as first:
        shutil.rmtree(file.parent)
        made = first.payment(10)
        assert first.payment(20)["status"] == "init"
        file.parent.mkdir()
        assert ask(first, made["id"]) == made  # nothing changes, yet it is saved now
        kept = file.read_bytes()

    assert made["id"].encode() in kept
    assert len(warnings_of(caplog)) == 1
    with run(file) as second:
        assert ask(second, made["id"]) == made


def test_nothing_is_lost_when_many_pay_and_ask_at_once(file: Path) -> None:
    made: list[dict[str, Any]] = []
    with run(file) as first:
        terminal = first.terminal()

        def sell() -> None:
            probe = Probe(first.server)
            for _ in range(8):
                answer = probe.payment(10, terminal=terminal)
                first.gateway.pay(answer["id"])
                made.append(ask(probe, answer["id"]))
            probe.close()

        threads = [threading.Thread(target=sell) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)

    with run(file) as second:
        assert len(made) == 32
        assert [ask(second, answer["id"]) for answer in made] == made
        assert [path.name for path in file.parent.iterdir()] == [file.name]


# The program


@contextmanager
def doomed(file: Path) -> Iterator[httpx.Client]:
    """A client of the program, which is killed the moment that the block ends."""
    with program("--state-file", str(file)) as process:
        with plain_client(ready_url(process).removesuffix("/api/v2"), auth=DEMO) as client:
            yield client
            process.kill()
        process.wait(10)


def test_a_program_killed_right_after_an_answer_has_lost_nothing(file: Path) -> None:
    def call(client: httpx.Client, method: str, **body: object) -> dict[str, Any]:
        answer = client.post(f"/api/v2/{method}", json=body).json()
        assert isinstance(answer, dict)
        return answer

    with doomed(file) as client:
        address = client.base_url
        made = call(client, "CreateTerminal", name="Касса", alias="a", type="dynamical")
    with doomed(file) as client:
        assert client.base_url == address
        assert call(client, "GetTerminal", alias="a") == made
        order = {"amount": 99.9, "id": uuid.uuid4().hex}
        bill = call(client, "CreatePayment", order=order, settings={"terminal_id": made["id"]})
    with doomed(file) as client:
        assert call(client, "GetPaymentByOrder", id=order["id"]) == bill
        client.post(httpx.URL(bill["payment_url"]).path + "/sbp")
    with doomed(file) as client:
        assert call(client, "GetPayment", id=bill["id"])["status"] == "process"
        client.post(httpx.URL(bill["payment_url"]).path + "/confirm")
    with doomed(file) as client:
        assert call(client, "GetPayment", id=bill["id"])["status"] == "successful"
        refund = call(client, "CreateRefund", id=bill["id"], refund={"amount": 90})
    with doomed(file) as client:
        assert call(client, "GetRefund", id=refund["id"]) == refund
        assert call(client, "CreateRefund", id=bill["id"], refund={"amount": 10})["error"] == 2


@pytest.mark.parametrize("path", ["nowhere/gateway.json", "."])
def test_a_state_file_where_none_can_be_is_one_line_and_exit_code_2(
    tmp_path: Path, path: str
) -> None:
    with program("--state-file", str(tmp_path / path)) as process:
        printed, complaints = process.communicate(timeout=20)

    assert process.returncode == 2
    assert printed == ""
    assert len(complaints.splitlines()) == 1
    assert "--state-file" in complaints

"""The log: one record a line, and never a secret in it."""

from __future__ import annotations

import base64
import json
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cashier import logs

LOGGER = logging.Logger("cashier.tests")  # noqa: LOG001 - on its own, not under the root
SECRET = "s3cr+t/Ключ 'x' \"y\" \\z" + "q" * 9
logs.register_secret(SECRET)


@contextmanager
def logging_to(folder: Path) -> Iterator[Path]:
    """The log's file, while pytest's own handlers, which raise for a bad record, see nothing."""
    handler = logs.setup(folder, level=logging.DEBUG)
    LOGGER.addHandler(handler)
    yield folder / logs.FILE_NAME
    LOGGER.removeHandler(handler)
    logs.close(handler)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    with logging_to(tmp_path) as file:
        yield file


def records(file: Path) -> list[dict[str, Any]]:
    """The file's records; fails when a line is not one."""
    return [json.loads(line) for line in file.read_bytes().decode().split("\n")[:-1]]


def test_a_record_is_one_line_of_json_with_the_time_in_utc(file: Path) -> None:
    LOGGER.info("payment %s moved", "p-1", extra={"payment_id": "p-1", "elapsed_ms": 12})
    [record] = records(file)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", record.pop("time"))
    assert record == {
        "level": "INFO",
        "logger": "cashier.tests",
        "thread": "MainThread",
        "text": "payment p-1 moved",
        "payment_id": "p-1",
        "elapsed_ms": 12,
    }


def test_russian_stays_readable(file: Path) -> None:
    LOGGER.info("чек 187-058")
    assert "чек 187-058" in file.read_text(encoding="utf-8")


def test_only_allowed_fields_are_written(file: Path) -> None:
    LOGGER.info("x", extra={"authorization": "Basic abc", "headers": {}, "status": "init"})
    text = file.read_text(encoding="utf-8")
    assert "Basic" not in text
    assert "authorization" not in text
    assert records(file)[0]["dropped_fields"] == 2
    assert records(file)[0]["status"] == "init"


def ways_to_say(secret: str) -> dict[str, str]:
    data = secret.encode()
    forms = {
        "plain": secret,
        "repr": repr(secret),
        "bytes": repr(data),
        "json": json.dumps({"key": secret}),
        "url": f"https://x/?key={quote(secret, safe='')}",
        "basic": base64.b64encode(b"merchant:" + data).decode(),
    }
    for before in range(4):
        whole = b"m" * before + data + b"tail"
        forms[f"base64 {before}"] = base64.b64encode(whole).decode()
        forms[f"url base64 {before}"] = base64.urlsafe_b64encode(whole).decode()
    return forms


def fail_with(text: str, cause: Exception | None = None) -> None:
    raise ValueError(text) from cause


def say_it_everywhere(text: str) -> None:
    LOGGER.warning(text, "an argument")
    LOGGER.info("header %s and %r", text, {"Authorization": text})
    LOGGER.info("field", extra={"status": text, "code": [text], text: text, "logger_": text})
    LOGGER.info("%d", text)
    LOGGER.handle(logging.LogRecord(text, logging.INFO, text, 1, "name", None, None, func=text))
    try:
        fail_with(text)
    except ValueError as error:
        LOGGER.exception("failed")
        try:
            fail_with("outer", error)
        except ValueError:
            LOGGER.exception("failed again with %s", text, stack_info=True)


@pytest.mark.parametrize("form", ways_to_say(SECRET))
def test_a_registered_secret_is_nowhere(file: Path, form: str) -> None:
    say_it_everywhere(ways_to_say(SECRET)[form])
    written = file.read_text(encoding="utf-8")
    for said in [SECRET, *ways_to_say(SECRET).values()]:
        assert said not in written
        assert json.dumps(said, ensure_ascii=False)[1:-1] not in written
    assert "qqqqqqqqq" not in written
    assert len(records(file)) == 7
    assert logs.HIDDEN in written


@settings(max_examples=25, deadline=None)
@given(
    secret=st.text(st.sampled_from([*map(chr, range(33, 127)), *"ключ "]), min_size=9).filter(
        lambda text: len(set(text)) > 5
    ),
    noise=st.text(max_size=20),
)
def test_a_random_secret_is_nowhere(secret: str, noise: str) -> None:
    logs.register_secret(secret)
    with TemporaryDirectory() as folder, logging_to(Path(folder)) as file:
        for said in ways_to_say(secret).values():
            say_it_everywhere(f"{noise} {said} {noise}")
        values = [value for record in records(file) for value in record.values()]
    written = "\n".join(value for value in values if isinstance(value, str))
    assert logs.HIDDEN in written
    for said in [secret, *ways_to_say(secret).values()]:
        assert said not in written


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=st.text(max_size=60))
def test_whatever_is_logged_stays_on_its_line(file: Path, text: str) -> None:
    before = file.stat().st_size
    LOGGER.info("%s", text, extra={"status": text, "code": text, "call": text})
    added = file.read_bytes()[before:].decode()
    assert added.endswith("\n")
    assert added[:-1].isprintable()
    assert json.loads(added)["text"] == logs.hide_secrets(text)


@pytest.mark.parametrize(
    "trick",
    ["a\nb", "a\r\nb", "\x1b[31mred", "\u202ecode", "\u2028", "\x85", "\0", "\ud800", "\x7f"],
    ids=ascii,
)
def test_a_forged_line_cannot_be_made(file: Path, trick: str) -> None:
    LOGGER.info(trick)
    LOGGER.info("next")
    written = file.read_bytes().decode()
    assert len(written.splitlines()) == 2
    assert trick not in written
    assert records(file)[0]["text"] == trick


def test_a_long_text_is_cut_and_a_secret_on_the_cut_is_not_halved(file: Path) -> None:
    for length in (3_990, 4_000, 100_000):
        LOGGER.info("%s", "x" * length + SECRET)
    assert all(len(record["text"]) <= 4_001 for record in records(file))
    assert SECRET[:6] not in file.read_text(encoding="utf-8")


class Unprintable:
    def __str__(self) -> str:
        raise RuntimeError(SECRET)


def test_what_cannot_be_shown_is_said_and_does_not_raise(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    LOGGER.info("%s", Unprintable())
    LOGGER.info(Unprintable())
    LOGGER.info("field", extra={"status": Unprintable()})
    LOGGER.info("%s %s", "one")  # noqa: PLE1206
    assert len(records(file)) == 4
    assert "RuntimeError" in records(file)[0]["text"]
    assert capsys.readouterr().err == ""


def test_a_full_disk_stops_nothing_and_tells_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    (tmp_path / logs.FILE_NAME).symlink_to("/dev/full")
    handler = logs.setup(tmp_path)
    try:
        logging.getLogger("cashier").warning("key %s", SECRET)
    finally:
        logs.close(handler)
    assert capsys.readouterr().err == ""


def test_a_line_cut_short_by_a_crash_does_not_swallow_the_next(tmp_path: Path) -> None:
    file = tmp_path / logs.FILE_NAME
    file.write_bytes(b'{"time": "2026-')
    handler = logs.setup(tmp_path)
    logging.getLogger("cashier").warning("after the crash")
    logs.close(handler)
    cut, whole, end = file.read_bytes().split(b"\n")
    assert cut == b'{"time": "2026-'
    assert json.loads(whole)["text"] == "after the crash"
    assert end == b""


def test_the_file_rotates_and_is_the_owners(tmp_path: Path) -> None:
    handler = logs.setup(tmp_path)
    logger = logging.Logger("cashier")  # noqa: LOG001
    logger.addHandler(handler)
    for _ in range(7):
        with (tmp_path / logs.FILE_NAME).open("ab") as earlier:
            earlier.write(b"{}\n" * (logs.FILE_BYTES // 3 - 2_000))
        logger.warning("x" * 4_000)
    logs.close(handler)
    files = sorted(tmp_path.iterdir())
    assert len(files) == 1 + logs.FILES_KEPT
    for file in files:
        assert file.stat().st_size <= logs.FILE_BYTES
        assert file.read_bytes().startswith(b"{")
        if os.name != "nt":
            assert file.stat().st_mode & 0o077 == 0


def test_our_own_records_and_other_peoples_warnings_reach_the_file(file: Path) -> None:
    logging.getLogger("cashier.services").debug("ours")
    logging.getLogger("elsewhere").warning("theirs")
    assert [record["text"] for record in records(file)] == ["ours", "theirs"]


def test_other_peoples_chatter_is_left_out(file: Path) -> None:
    logging.getLogger("httpx").info("HTTP Request: GET https://x")
    logging.getLogger("httpcore").debug("request headers")
    assert records(file) == []


def test_nothing_is_written_after_the_end(tmp_path: Path) -> None:
    handler = logs.setup(tmp_path)
    logs.close(handler)
    logging.getLogger("cashier").warning("too late")
    assert (tmp_path / logs.FILE_NAME).read_bytes() == b""

"""What is left out under Windows Python, and why: `pytest -p tests.windows`. The only list of it.

A test that asks the system itself, for the mode of a file or for its user id, says so where it
stands and is skipped on Windows.
"""

from __future__ import annotations

import pytest

_CHAIN = "wine takes a chain whose root it does not find; an unknown root that is sent it refuses"
_LOCK = "wine's C library refuses a lock without saying why: turned away, but with another word"
_DEBIAN = "its servers are Debian's PostgreSQL, run by another user of Linux"

LEFT_OUT = {
    "postgres": _DEBIAN,
    "test_a_server_that_may_forget_what_it_commits_is_refused": _DEBIAN,
    "test_r29_a_server_that_is_away_blocks_until_it_is_back": _DEBIAN,
    "SecretService": "Linux's key store",
    "test_an_unknown_authority_is_refused": _CHAIN,
    "test_certificates_from_the_environment_are_ignored": _CHAIN,
    "unknown authority": _CHAIN,
    "test_g13_a_second_process_is_turned_away_until_the_first_is_dead": _LOCK,
    "test_g13_a_second_owner_of_a_journals_file_is_turned_away": _LOCK,
    "test_g13_a_second_owner_is_turned_away": _LOCK,
    "test_nothing_is_put_under_a_running_till": _LOCK,
    "test_a_till_that_closes_does_not_wait_for_the_file_and_leaves_none_behind": "a file that is "
    "read as slowly as a test likes is a named pipe of Linux",
    "test_a_broken_or_silent_handshake_is_no_link": "asyncio leaves the socket of a handshake that "
    "never ended to the garbage collector there, which is a warning",
    "test_it_says_where_it_is_serves_and_ends_quietly": "Windows sends a program no signals; "
    "Ctrl+C comes through its console, and here is none",
}
"""A fixture, a part of a parameter or the name of a test, and the reason."""


def pytest_configure(config: pytest.Config) -> None:
    # Offscreen, Qt looks for a folder of fonts of its own; the till brings its typeface itself.
    config.addinivalue_line("qt_log_ignore", "Cannot find font directory")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if word := _word(item):
            item.add_marker(pytest.mark.skip(reason=LEFT_OUT[word]))


def _word(item: pytest.Item) -> str:
    """The first word of the list that the test needs; empty where it can run."""
    name, _, parameters = item.name.partition("[")
    exact = {name, *getattr(item, "fixturenames", ())}
    return next((word for word in LEFT_OUT if word in exact or word in parameters), "")

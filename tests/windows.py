"""What is left out under Windows Python, and why: `pytest -p tests.windows`. The only list of it.

A test that asks the system itself, for the mode of a file or for its user id, says so where it
stands and is skipped on Windows.
"""

from __future__ import annotations

from collections import Counter

import pytest

LEFT_OUT = {
    "postgres": "its servers are Debian's PostgreSQL, run by another user of Linux",
    "SecretService": "Linux's key store",
}
"""A fixture, a parameter or a part of the test's name, and the reason."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    found: Counter[str] = Counter()
    for item in items:
        word = _reason(item)
        found[word] += 1
        (left if word else kept).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=left)
    for word, reason in LEFT_OUT.items():
        print(f"left out: {found[word]} tests, {word}: {reason}")  # noqa: T201


def _reason(item: pytest.Item) -> str:
    """The first word of the list that the test needs; empty where it can run."""
    named = getattr(item, "fixturenames", ())
    parameters = item.name.partition("[")[2]
    return next((word for word in LEFT_OUT if word in named or word in parameters), "")

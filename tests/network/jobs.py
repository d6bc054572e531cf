"""Runs the long form's jobs, on one core or on several."""

from __future__ import annotations

import logging
import multiprocessing
from collections.abc import Callable, Iterator
from typing import TypeVar

T = TypeVar("T")


def run_all(jobs: list[Callable[[], T]], processes: int) -> Iterator[T]:
    """What each comes to, in their order."""
    if processes <= 1:
        yield from map(_do, jobs)
        return
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        yield from pool.imap(_do, jobs)


def _do(job: Callable[[], T]) -> T:
    logging.disable()  # what the client says of its troubles is not the news here
    return job()

"""The only bridge between the screens and everything that may take time.

A use case is a coroutine function. It runs on the network thread's loop; what it reports and how it
ends comes back to the UI thread, in order, through one queued signal of one long-lived object.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import CancelledError, Future
from functools import partial
from typing import Any, TypeVar

from anyio.from_thread import BlockingPortal, start_blocking_portal
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from cashier.domain.failure import CashierError, Failure

logger = logging.getLogger(__name__)

T = TypeVar("T")
Callback = Callable[[], None]


class Job:
    """A use case under way. After `cancel` nothing of it is heard any more."""

    def __init__(self) -> None:
        self.is_over = False
        self._future: Future[Any] | None = None

    def cancel(self) -> None:
        """Stop waiting. What moves money is shielded in the services and runs to its end."""
        self.is_over = True
        if self._future is not None:
            self._future.cancel()

    def started_as(self, future: Future[Any]) -> None:
        """Take the future of the running coroutine."""
        self._future = future


class Background(QObject):
    """Starts use cases and brings their results home. Lives on the UI thread."""

    failed = Signal(object)
    """A CashierError that its starter did not take care of."""
    crashed = Signal(object)
    """Any other exception: a bug, for the crash dialog. Its starter hears that it failed, too."""
    _came_home = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._came_home.connect(self._call, Qt.ConnectionType.QueuedConnection)
        self._reports: dict[Job, Callback] = {}
        self._turn = QTimer(self)  # after keys and mouse had their turn
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._tell_all)
        self._context = start_blocking_portal("asyncio")
        self._portal: BlockingPortal = self._context.__enter__()
        self._is_closed = False

    def start(
        self,
        use_case: Callable[..., Awaitable[T]],
        *args: object,
        report: Callable[[Any], None] | None = None,
        done: Callable[[T], None] | None = None,
        failed: Callable[[CashierError], None] | None = None,
        **kwargs: object,
    ) -> Job:
        """Run `use_case(*args, **kwargs)` in the background.

        With `report`, the use case is given it as its last positional argument and may call it as
        often as it likes; of what it says while the UI thread is busy only the newest is heard.
        Exactly one of `done` and `failed` follows, unless the job is cancelled
        or the bridge is closed; a closed one starts nothing.
        """
        job = Job()
        if self._is_closed:
            job.is_over = True
            return job
        if report is not None:
            args = (*args, partial(self._post, job, report))
        call = partial(use_case, *args, **kwargs)
        future = self._portal.start_task_soon(_awaited, call)
        job.started_as(future)
        future.add_done_callback(partial(self._finish, job, done, failed))
        return job

    def call(self, use_case: Callable[..., Awaitable[T]], *args: object) -> T:
        """Wait for a use case. For building up and closing down only, never from a screen."""
        return self._portal.call(partial(_awaited, partial(use_case, *args)))

    def close(self) -> None:
        """Cancel what still runs (shielded work ends first) and stop the network thread."""
        if self._is_closed:
            return
        self._is_closed = True
        self._portal.call(partial(self._portal.stop, cancel_remaining=True))
        self._context.__exit__(None, None, None)

    # On the network thread

    def _post(self, job: Job, callback: Callable[[Any], None], value: object) -> None:
        self._came_home.emit((job, partial(callback, value), False))

    def _finish(
        self,
        job: Job,
        done: Callable[[T], None] | None,
        failed: Callable[[CashierError], None] | None,
        future: Future[T],
    ) -> None:
        if future.cancelled():
            return
        error = future.exception()
        callback: Callback | None = None
        if error is None:
            callback = partial(done, future.result()) if done else None
        elif isinstance(error, CashierError):
            callback = partial(failed or self.failed.emit, error)
        elif not isinstance(error, CancelledError):
            logger.error("a use case crashed", exc_info=error)
            callback = partial(self._crash, error, failed)
        self._came_home.emit((job, callback, True))

    # On the UI thread

    def _crash(self, error: BaseException, failed: Callable[[CashierError], None] | None) -> None:
        """Give the starter its screen back first, so that nothing lies over the crash dialog."""
        try:
            if failed is not None:
                failed(CashierError(Failure.INTERNAL))
        finally:
            self.crashed.emit(error)

    @Slot(object)
    def _call(self, posted: tuple[Job, Callback | None, bool]) -> None:
        job, callback, is_last = posted
        if callback is not None and not is_last:
            self._reports[job] = callback
            self._turn.start(0)
            return
        self._tell(job)
        if job.is_over or self._is_closed:
            return
        job.is_over = True
        if callback is not None:
            callback()

    @Slot()
    def _tell_all(self) -> None:
        for job in tuple(self._reports):
            self._tell(job)

    def _tell(self, job: Job) -> None:
        """Pass on the newest report of a job, if there is one."""
        report = self._reports.pop(job, None)
        if report is not None and not job.is_over and not self._is_closed:
            report()


async def _awaited(call: Callable[[], Awaitable[T]]) -> T:
    return await call()

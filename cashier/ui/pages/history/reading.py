"""Details of payments, read in the background and kept while somebody looks at them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from cashier.domain.failure import CashierError
from cashier.services.history import Details
from cashier.ui.background import Background, Job


class DetailsReader(QObject):
    """`came` with the Details of a payment that was asked for; `failed` with its id and why."""

    came = Signal(object)
    failed = Signal(str, object)

    def __init__(
        self,
        background: Background,
        read: Callable[[str], Awaitable[Details]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._read = read
        self._known: dict[str, Details] = {}
        self._jobs: dict[str, Job] = {}

    @property
    def known(self) -> dict[str, Details]:
        """What has been read, by payment id."""
        return dict(self._known)

    @property
    def is_reading(self) -> bool:
        return bool(self._jobs)

    def get(self, payment_id: str) -> Details | None:
        return self._known.get(payment_id)

    def put(self, details: Details) -> None:
        """Details that came from elsewhere."""
        self._known[details.payment.id] = details

    def read(self, payment_id: str, *, again: bool = True) -> None:
        """Read one; unless `again`, only when it is neither known nor being read."""
        if not again and (payment_id in self._known or payment_id in self._jobs):
            return
        before = self._jobs.pop(payment_id, None)
        if before is not None:
            before.cancel()
        self._jobs[payment_id] = self._background.start(
            self._read,
            payment_id,
            done=self._take,
            failed=partial(self._take_trouble, payment_id),
        )

    def forget_all_but(self, payment_id: str) -> None:
        """What was read may be out of date."""
        self._known = {one: known for one, known in self._known.items() if one == payment_id}

    def _take(self, details: Details) -> None:
        self._jobs.pop(details.payment.id, None)
        self._known[details.payment.id] = details
        self.came.emit(details)

    def _take_trouble(self, payment_id: str, error: CashierError) -> None:
        self._jobs.pop(payment_id, None)
        self.failed.emit(payment_id, error)

"""Saving what is typed, in order, without ever keeping the cashier waiting."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from cashier.domain.failure import CashierError
from cashier.domain.receipt import Receipt
from cashier.domain.saved_receipt import SavedReceipt
from cashier.services.receipts import Receipts
from cashier.ui.background import Background


class ReceiptSaver(QObject):
    """One save at a time; of what was typed meanwhile only the newest is saved after it.

    A save that failed is tried again with the next change and before anything that needs it.
    """

    failed = Signal(object)

    def __init__(
        self, *, receipts: Receipts, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._receipts = receipts
        self._background = background
        self._saved: SavedReceipt | None = None
        self._pending: Receipt | None = None
        self._saving: Receipt | None = None  # the one that is being written
        self._then: list[Callable[[], None]] = []

    @property
    def saved(self) -> SavedReceipt | None:
        """The draft as it was last committed; None before the first one was read."""
        return self._saved

    @property
    def is_settled(self) -> bool:
        """Whether everything typed is on the disk."""
        return self._pending is None and self._saving is None

    def begin(self, saved: SavedReceipt) -> None:
        """Save into this draft from now on. Only after the last one is settled."""
        self._saved = saved
        self._pending = None

    def put(self, receipt: Receipt) -> None:
        """This is the receipt now."""
        self._pending = receipt
        self._go_on()

    def when_committed(self, call: Callable[[], None]) -> None:
        """Call once everything typed so far is committed; never, if saving it fails."""
        self._then.append(call)
        self._go_on()

    def flush(self) -> None:
        """Wait until everything typed is on the disk. For closing down only.

        Raises CashierError when it cannot be saved.
        """
        newest = self._pending
        if newest is None and self._saving is not None and self._saving.lines:
            newest = self._saving  # its answer is not here yet; one that is empty is written once
        if newest is not None and self._saved is not None:
            # The journal writes in order, so this comes after a save that is still under way.
            self._saved = self._background.call(self._receipts.save, self._saved, newest)
            self._pending = None

    def _go_on(self) -> None:
        if self._saving is not None:
            return
        if self._pending is not None and self._saved is not None:
            receipt, self._pending = self._pending, None
            self._saving = receipt
            self._background.start(
                self._receipts.save,
                self._saved,
                receipt,
                done=self._done,
                failed=lambda error: self._failed(receipt, error),
            )
            return
        while self._then and self.is_settled:
            self._then.pop(0)()

    def _done(self, saved: SavedReceipt) -> None:
        self._saving = None
        self._saved = saved
        self._go_on()

    def _failed(self, receipt: Receipt, error: CashierError) -> None:
        self._saving = None
        if self._pending is None:
            self._pending = receipt
        self._then.clear()
        self.failed.emit(error)

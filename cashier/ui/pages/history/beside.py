"""Which payment the panel shows: the chosen one, as soon as it has been read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from PySide6.QtCore import QObject, QTimer, Signal

from cashier.domain.failure import CashierError
from cashier.journal.epochs import Restoration
from cashier.services.history import Details
from cashier.ui.background import Background
from cashier.ui.pages.history.actions import Deed
from cashier.ui.pages.history.details_panel import DetailsPanel
from cashier.ui.pages.history.doings import refund_of
from cashier.ui.pages.history.reading import DetailsReader
from cashier.ui.pages.history.tasks import Task, TaskKind

_MOVED_AFTER_MS = 60
_PATIENCE_MS = 300


class Beside(QObject):
    """Reads a moment after the choice, so that a held arrow key asks for one payment only.

    `came` with the Details of any payment that was read. `reconcile_wanted`: the task is a
    restored journal.
    """

    came = Signal(object)
    problem_raised = Signal(object)
    reconcile_wanted = Signal()

    def __init__(
        self,
        panel: DetailsPanel,
        *,
        background: Background,
        read: Callable[[str], Awaitable[Details]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._chosen = ""
        self._task: Task | None = None
        self._is_empty = True
        self._busy: Deed | None = None
        self._reader = DetailsReader(background, read, self)
        self._moved = self._timer(_MOVED_AFTER_MS, self.read_again)
        self._patience = self._timer(_PATIENCE_MS, self.paint)
        self._reader.came.connect(self._take)
        self._reader.failed.connect(self._take_trouble)
        panel.restored.wanted.connect(self.reconcile_wanted)

    def _timer(self, interval: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(then)
        return timer

    @property
    def known(self) -> dict[str, Details]:
        """What has been read, by payment id."""
        return self._reader.known

    @property
    def is_reading(self) -> bool:
        return self._moved.isActive() or self._reader.is_reading

    def choose(self, payment_id: str, task: Task | None) -> None:
        """Another row or card is chosen; "" for none."""
        self._task = task
        if payment_id != self._chosen:
            self._chosen = payment_id
            self._moved.start()
            self._patience.start()
        self.paint()

    def take_in(self, details: Details) -> None:
        """Choose a payment whose details are here."""
        self._reader.put(details)
        self._chosen, self._task = details.payment.id, None
        self.paint()

    def read(self, payment_id: str) -> None:
        """Read a payment that is not chosen, once."""
        self._reader.read(payment_id, again=False)

    def read_again(self) -> None:
        """Read the chosen one anew, and the others when somebody wants them."""
        self._moved.stop()
        self._reader.forget_all_but(self._chosen)
        if self._chosen:
            self._reader.read(self._chosen)

    def set_empty(self, empty: bool) -> None:
        """There is nothing to choose from."""
        self._is_empty = empty
        self.paint()

    def set_busy(self, deed: Deed | None) -> None:
        self._busy = deed
        self.paint()

    def shown(self) -> Details | None:
        """The details on screen, unless another payment has been chosen meanwhile."""
        details = self._panel.details
        if details is None or details.payment.id != self._chosen:
            return None
        return details

    def press(self, *deeds: Deed) -> bool:
        """Press the first of these buttons that is there."""
        if self._waiting is not None and Deed.DECIDE in deeds:
            self.reconcile_wanted.emit()
            return True
        return self.shown() is not None and any(self._panel.press(deed) for deed in deeds)

    @property
    def _waiting(self) -> Restoration | None:
        """The restore that the chosen card is about."""
        return self._task.restoration if self._task is not None and not self._is_empty else None

    def _take(self, details: Details) -> None:
        self.came.emit(details)
        self.paint()

    def _take_trouble(self, payment_id: str, error: CashierError) -> None:
        if payment_id == self._chosen:
            self.problem_raised.emit(error)

    def paint(self) -> None:
        """Everything in the panel."""
        self._panel.restored.show_waiting(self._waiting)
        details = None if self._is_empty else self._reader.get(self._chosen)
        if self._waiting is not None:
            details = None
        elif details is None and not self._is_empty and self._patience.isActive():
            return  # the last one stays for a moment, so that nothing flickers
        refund, task = None, self._task
        if task is not None and task.refund is not None and details is not None:
            refund = refund_of(details, task.refund.id) or task.refund
        is_delayed = task is not None and task.kind is TaskKind.DELAYED_REFUND
        self._panel.show_details(details, refund=refund, is_delayed=is_delayed, busy=self._busy)

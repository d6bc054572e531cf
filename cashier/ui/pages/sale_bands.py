"""What the sale page says above its grid; each stays until read or obsolete."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cashier.domain.payment import Payment, PaymentState
from cashier.services.health import Link
from cashier.services.views import TillView
from cashier.ui import formats
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.label import Role
from cashier.ui.widgets.tone import Tone

_RED = (PaymentState.LATE_PAID, PaymentState.QUARANTINE)


class CodeBand(Band):
    """A code nobody knows, large enough to be read out."""

    def show_code(self, code: str, text: str) -> None:
        self.show_message(code, tone=Tone.BAD, detail=text, icon="scan-barcode")
        self._title.set_role(Role.PANEL_HEAD)


class StandingBands(QWidget):
    """Above everything: what a senior must decide, and a lost link."""

    check_asked = Signal()
    tasks_asked = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: TillView | None = None
        self.tasks = Band(name="sale.tasks")
        self.link = Band(name="sale.link")
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.tasks)
        self._layout.addWidget(self.link)
        self.hide()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setContentsMargins(0, 0, 0, theme.px(12))
        self._layout.setSpacing(theme.px(8))

    def show_view(self, view: TillView) -> None:
        self._view = view
        self.retranslate()

    def retranslate(self) -> None:
        view = self._view
        if view is None:
            return
        self._show_tasks(view)
        lost = view.health.link is Link.LOST
        if lost and self.link.isHidden():
            check = Button("", name="sale.link.check", size=Size.SM, keycap="F5")
            check.clicked.connect(self.check_asked)
            self._check = self.link.add_button(check)
        if lost:
            text = self.tr("No link to the gateway, a QR cannot be shown")
            self.link.show_message(text, tone=Tone.WARN, icon="wifi-off")
            self._check.setText(self.tr("Check"))
            self._check.setVisible(view.terminal is not None)
        else:
            self.link.clear()
        self.setVisible(bool(view.tasks or view.refund_tasks) or lost)

    def _show_tasks(self, view: TillView) -> None:
        """Red where money is where it should not be, else amber."""
        count = len(view.tasks) + len(view.refund_tasks)
        if not count:
            self.tasks.clear()
            return
        if self.tasks.isHidden():
            decide = Button("", name="sale.tasks.decide", size=Size.SM)
            decide.clicked.connect(self.tasks_asked)
            self._decide = self.tasks.add_button(decide)
        self._decide.setText(self.tr("Decide"))
        red = [one.payment for one in view.tasks if one.payment.state in _RED]
        text = self._task_text(red, view)
        more = self.tr("%n more to decide", "", count - 1) if count > 1 else ""
        self.tasks.show_message(text, tone=Tone.BAD if red else Tone.WARN, detail=more)

    def _task_text(self, red: list[Payment], view: TillView) -> str:
        if not red and not view.tasks:
            return self.tr("The outcome of a refund of {0} must be found out").format(
                formats.money(current_language(), view.refund_tasks[0].refund.amount)
            )
        payment = red[0] if red else view.tasks[0].payment
        if payment.state is PaymentState.LATE_PAID:
            text = self.tr("Paid after cancel: {sum}, receipt {number}")
        elif payment.state is PaymentState.QUARANTINE:
            text = self.tr("The payment does not match: {sum}, receipt {number}")
        else:
            text = self.tr("Outcome unknown: {sum}, receipt {number}")
        money = formats.money(current_language(), payment.amount)
        return text.format(sum=money, number=payment.receipt_number)


class PassingBands(QWidget):
    """Between the entry and the grid: an unknown code, and the way back from a clear."""

    free_price_asked = Signal()
    skipped = Signal()
    restore_asked = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unknown = ""
        self._is_cleared = False
        self.code = CodeBand(name="sale.unknown")
        self.cleared = Band(name="sale.cleared")
        self._free = self.code.add_button(
            Button("", name="sale.unknown.free_price", size=Size.SM, keycap="F10")
        )
        self._skip = self.code.add_button(
            Button("", name="sale.unknown.skip", size=Size.SM, keycap="Esc")
        )
        self._restore = self.cleared.add_button(
            Button("", name="sale.cleared.restore", size=Size.SM)
        )
        self._free.clicked.connect(self.free_price_asked)
        self._skip.clicked.connect(self.skipped)
        self._restore.clicked.connect(self.restore_asked)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.code)
        self._layout.addWidget(self.cleared)
        self.retranslate()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setContentsMargins(0, theme.px(10), 0, 0)
        self._layout.setSpacing(theme.px(8))

    @property
    def unknown_code(self) -> str:
        """The code that waits for an answer, or ""."""
        return self._unknown

    @property
    def is_cleared(self) -> bool:
        """Whether the way back from a clear is offered."""
        return self._is_cleared

    def show_unknown(self, code: str) -> None:
        self._unknown = code
        self.retranslate()

    def show_cleared(self, cleared: bool) -> None:
        self._is_cleared = cleared
        self.retranslate()

    def retranslate(self) -> None:
        self._free.setText(self.tr("Free price"))
        self._skip.setText(self.tr("Skip"))
        self._restore.setText(self.tr("Bring back"))
        if self._unknown:
            self.code.show_code(self._unknown, self.tr("Nothing is known by this code"))
        else:
            self.code.hide()
        if self._is_cleared:
            self.cleared.show_message(self.tr("The receipt was cleared"), tone=Tone.ACCENT)
        else:
            self.cleared.hide()
        self.setVisible(bool(self._unknown) or self._is_cleared)

"""The last look before a shift ends: its totals, and what goes over into the next one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cashier.domain.money import Money, total
from cashier.services.reconciling import Reconciliation
from cashier.services.shifts import NOTE_LIMIT, Overview
from cashier.ui.pages.shift.words import payment_text, taken_back
from cashier.ui.texts import money_text
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Kind
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.key_value import KeyValue
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.switch import CheckBox
from cashier.ui.widgets.tone import Tone

_LISTED = 6


class CloseDialog(Dialog):
    """F12 closes, Esc leaves; Enter is dead. `confirmed(hand_over, note)`, and it is gone."""

    confirmed = Signal(bool, str)

    def __init__(
        self, window: QWidget, *, overview: Overview, reconciliation: Reconciliation | None
    ) -> None:
        super().__init__(window, name="shift.closing", width=660)
        self._overview = overview
        self._reconciliation = reconciliation
        self._rows = {
            name: KeyValue("", name=f"shift.closing.{name}", compact=True, strong=name == "revenue")
            for name in ("sales", "refunds", "revenue")
        }
        self._check = Band(name="shift.closing.check")
        self._carried = Label(role=Role.SMALL, tone="2", wrap=True, name="shift.closing.carried")
        self._hand_over = CheckBox("", name="shift.closing.hand_over")
        self._open = Label(role=Role.SMALL, tone="2", wrap=True, name="shift.closing.open")
        self._note = Field(name="shift.closing.note", limit=NOTE_LIMIT)
        self._warning = Label(role=Role.BODY, wrap=True, name="shift.closing.warning")
        self._cancel = Button("", name="shift.closing.cancel", keycap="Esc")
        self._confirm = Button("", name="shift.closing.confirm", kind=Kind.PRIMARY, keycap="F12")
        self._arrange()
        self._connect()
        self.retranslate()

    def _arrange(self) -> None:
        figures = QVBoxLayout()
        figures.setSpacing(0)
        for row in self._rows.values():
            figures.addWidget(row)
        self.body.addLayout(figures)
        parts = (self._check, self._note, self._carried, self._hand_over, self._open, self._warning)
        for part in parts:
            self.body.addWidget(part)
        self.buttons.addWidget(self._cancel)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._confirm)
        self._hand_over.setVisible(self._has_open)
        self._open.setVisible(self._has_open)
        self._note.setVisible(self._needs_note)

    def _connect(self) -> None:
        self._cancel.clicked.connect(self.remove)
        self._confirm.clicked.connect(self._agree)
        self._hand_over.toggled.connect(self._paint)
        self._note.edited.connect(self._paint)
        self.on_key("F12", self._agree)
        self.escaped.connect(self.remove)

    def begin(self) -> None:
        """Show it; the focus is on what has to be answered first."""
        if self._needs_note:
            self.open(focus=self._note.line)
        elif self._has_open:
            self.open(focus=self._hand_over)
        else:
            self.open(focus=self._cancel)

    @property
    def _has_open(self) -> bool:
        return bool(self._overview.report.handed_over)

    @property
    def _needs_note(self) -> bool:
        return self._reconciliation is not None and bool(self._reconciliation.differences)

    def _is_answered(self) -> bool:
        if self._has_open and not self._hand_over.isChecked():
            return False
        return not self._needs_note or bool(self._note.text().strip())

    def _paint(self) -> None:
        self._confirm.setEnabled(self._is_answered())

    def _agree(self) -> None:
        if not self._is_answered():
            missing = self._needs_note and not self._note.text().strip()
            target = self._note.line if missing else self._hand_over
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.remove()
        note = self._note.text().strip() if self._needs_note else ""
        self.confirmed.emit(self._has_open, note)

    # Words

    def retranslate(self) -> None:
        report = self._overview.report
        whole = report.whole
        self.set_title(self.tr("Close shift no. {0}? (Z report)").format(report.shift.number))
        shown: dict[str, tuple[str, Money]] = {
            "sales": (self.tr("Sales: {0}").format(whole.paid), whole.sold),
            "refunds": (self.tr("Refunds: {0}").format(whole.refunds), taken_back(whole.refunded)),
            "revenue": (self.tr("Revenue"), whole.revenue),
        }
        for name, (caption, amount) in shown.items():
            self._rows[name].set_key(caption)
            self._rows[name].set_value(money_text(amount))
        self._show_check()
        self._carried.setText("\n".join(self._carried_lines()))
        self._carried.setVisible(bool(self._carried.text()))
        self._show_open()
        self._note.set_label(self.tr("Why it is closed in spite of that"))
        self._note.set_note(self.tr("Kept in the record with the report"))
        self._warning.setText(
            self.tr("A closed shift is not opened again. The next sale opens the next one.")
        )
        self._cancel.setText(self.tr("Do not close"))
        self._confirm.setText(self.tr("Close the shift (Z)"))
        self._paint()

    def _show_check(self) -> None:
        found = self._reconciliation
        if found is None:
            self._check.show_message(
                self.tr("Not checked against the gateway"),
                tone=Tone.MUTE,
                detail=self.tr("F5 on the page checks; it is not required"),
            )
        elif found.differences:
            title = self.tr("Differences from the gateway: {0}").format(len(found.differences))
            self._check.show_message(title, tone=Tone.BAD)
        elif found.unanswered:
            title = self.tr("The gateway did not answer about: {0}").format(found.unanswered)
            self._check.show_message(title, tone=Tone.WARN)
        else:
            self._check.show_message(self.tr("The gateway says the same"), tone=Tone.OK)

    def _carried_lines(self) -> list[str]:
        report = self._overview.report
        lines = [
            f"{payment_text(one)} · {money_text(one.amount)}" for one in report.carried_payments
        ]
        lines += [
            self.tr("refund #{0} · Outcome unknown · {1}").format(one.tag, money_text(one.amount))
            for one in report.carried_refunds
        ]
        if not lines:
            return []
        more = len(lines) - _LISTED
        head = self.tr("Printed and carried over: {0}").format(len(lines))
        tail = [self.tr("and {0} more").format(more)] if more > 0 else []
        return [head, *lines[:_LISTED], *tail]

    def _show_open(self) -> None:
        payments = self._overview.report.handed_over
        currency = self._overview.report.whole.sold.currency
        amounts = [one.amount for one in payments if one.amount.currency is currency]
        whole = money_text(total(amounts, currency))
        text = self.tr("Hand over open payments: {0}, {1}")
        self._hand_over.setText(text.format(len(payments), whole))
        lines = [f"{payment_text(one)} · {money_text(one.amount)}" for one in payments[:_LISTED]]
        self._open.setText("\n".join(lines))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

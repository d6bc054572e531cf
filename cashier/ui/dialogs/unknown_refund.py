"""How an unknown refund ended: a manager says what the gateway cannot (picture 14b)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import Payment
from cashier.domain.refund import NOT_EXECUTED_AFTER, TYPED_REASON_LIMIT, Refund
from cashier.domain.staff import Person, Right
from cashier.services.refund_decisions import RefundDecisions
from cashier.services.refund_views import RefundView
from cashier.services.staff import Approval, Staff
from cashier.ui import formats
from cashier.ui.background import Background, Job
from cashier.ui.dialogs.approving import Approving
from cashier.ui.dialogs.unknown_refund_way import Ending, Way, way_texts
from cashier.ui.texts import failure_text, method_text, money_text
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone

REMINDED_AFTER = 3600.0
"""Seconds after which a manager who chose to wait is reminded."""
_TICK_MS = 500


class UnknownRefundDialog(Dialog):
    """Three ways, none of them chosen at first. F12 acts, Enter is dead, Esc changes nothing.

    Removes itself after `resolved`, `waiting_chosen` or Esc (`refused`).
    """

    resolved = Signal(object)
    """The RefundView after the decision."""
    waiting_chosen = Signal(str)
    """A refund's id: remind of it after `REMINDED_AFTER` seconds."""
    refused = Signal()

    def __init__(
        self,
        window: QWidget,
        *,
        decisions: RefundDecisions,
        staff: Staff,
        background: Background,
        clock: Clock,
        refund: Refund,
        payment: Payment,
        person: Person | None,
    ) -> None:
        super().__init__(window, name="unknown_refund", width=780)
        self._decisions = decisions
        self._background = background
        self._clock = clock
        self._refund = refund
        self._payment = payment
        self._person = person
        self._job: Job | None = None
        self._possible = clock.monotonic() + NOT_EXECUTED_AFTER
        self._asked = Job()
        self._approving = Approving(
            window, staff=staff, background=background, failed=self._fail, clock=clock
        )
        self._head = Label(role=Role.TITLE, wrap=True, name="unknown_refund.title")
        self._receipt = Label(role=Role.BODY, tone="2", name="unknown_refund.receipt")
        self._facts = Label(role=Role.BODY_LARGE, tone="2", wrap=True, name="unknown_refund.facts")
        self._tag = Label(role=Role.STRONG, name="unknown_refund.tag")
        self._tag.allow_selection()
        self._copy = Button("", name="unknown_refund.copy", size=Size.SM, icon="copy")
        self.number = Field(name="unknown_refund.number", icon="search")
        self.reason = Field(name="unknown_refund.reason", limit=TYPED_REASON_LIMIT)
        self.ways = {
            Ending.FOUND: Way(
                name="unknown_refund.found", icon="circle-check", field=self.number, parent=self
            ),
            Ending.NOT_EXECUTED: Way(
                name="unknown_refund.not_executed", icon="", field=self.reason, parent=self
            ),
            Ending.WAIT: Way(name="unknown_refund.wait", icon="hourglass", parent=self),
        }
        self._cancel = Button(
            "", name="unknown_refund.cancel", size=Size.LG, keycap="Esc", spread=True
        )
        middle = Qt.AlignmentFlag.AlignHCenter
        self._note = Label(
            role=Role.SMALL, tone="3", wrap=True, align=middle, name="unknown_refund.note"
        )
        self._submit = Button(
            "",
            name="unknown_refund.submit",
            kind=Kind.PRIMARY,
            size=Size.LG,
            keycap="F12",
            spread=True,
        )
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._arrange()
        self._connect()
        self.retranslate()
        follow_theme(self.restyle_ways)

    def _arrange(self) -> None:
        head = self._head_row = QHBoxLayout()
        head.addWidget(IconLabel("circle-question-mark", px=30, colour="warn"))
        head.addWidget(self._head, 1)
        head.addWidget(self._receipt)
        self.body.addLayout(head)
        tag = self._tag_row = QHBoxLayout()
        tag.addWidget(self._tag)
        tag.addWidget(self._copy)
        tag.addStretch(1)
        self.body.addWidget(self._facts)
        self.body.addLayout(tag)
        for way in self.ways.values():
            self.body.addWidget(way)
        self.buttons.addWidget(self._cancel, 3)
        self.buttons.addWidget(self._note, 4)
        self.buttons.addWidget(self._submit, 5)

    def restyle_ways(self, theme: Theme) -> None:
        self._head_row.setSpacing(theme.px(14))
        self._tag_row.setSpacing(theme.px(12))
        self.body.setSpacing(theme.px(10))

    def _connect(self) -> None:
        for way in self.ways.values():
            way.toggled.connect(self._paint)
            way.moved.connect(self._move)
        for ending, field in ((Ending.FOUND, self.number), (Ending.NOT_EXECUTED, self.reason)):
            field.edited.connect(lambda _, field=field: field.set_error(""))
            field.edited.connect(lambda _, way=self.ways[ending]: way.setChecked(True))
        self._copy.clicked.connect(self._copy_tag)
        self._cancel.clicked.connect(self._refuse)
        self._submit.clicked.connect(self._act)
        self.escaped.connect(self._refuse)
        self.on_key("F12", self._act)
        self._timer.timeout.connect(self._paint)

    def begin(self) -> None:
        """Show it with nothing chosen."""
        self.open(focus=self.ways[Ending.FOUND])
        self._timer.start()
        self._paint()
        wait = partial(self._wait, self._clock.monotonic())
        self._asked = self._background.start(
            self._decisions.too_early_by, self._refund, done=wait, failed=self._fail
        )

    @property
    def chosen(self) -> Ending | None:
        """The way that is marked."""
        return next((one for one, way in self.ways.items() if way.isChecked()), None)

    # What a person does

    def _move(self, steps: int) -> None:
        if self._job is not None:
            return
        usable = [one for one, way in self.ways.items() if way.isEnabled()]
        at = usable.index(self.chosen) + steps if self.chosen in usable else 0
        if 0 <= at < len(usable):
            way = self.ways[usable[at]]
            way.setChecked(True)
            way.setFocus(Qt.FocusReason.TabFocusReason)

    def _copy_tag(self) -> None:
        QApplication.clipboard().setText(self._tag.text())

    def _act(self) -> None:
        """F12: what the chosen way does."""
        if self._job is not None or self._approving.is_asking:
            return
        match self.chosen:
            case Ending.FOUND if not self.number.text().strip():
                self.number.set_error(self.tr("Type the number from the cabinet"))
                self.number.line.setFocus(Qt.FocusReason.OtherFocusReason)
            case Ending.FOUND:
                self._ask(self._find)
            case Ending.NOT_EXECUTED if not self.reason.text().strip():
                self.reason.set_error(self.tr("Say how you know"))
                self.reason.line.setFocus(Qt.FocusReason.OtherFocusReason)
            case Ending.NOT_EXECUTED if self._left() <= 0:
                self._ask(self._not_executed)
            case Ending.WAIT:
                self._close()
                self.waiting_chosen.emit(self._refund.id)
            case _:
                return

    def _ask(self, then: Callable[[Approval | None], None]) -> None:
        text = self.tr("Decide on the refund of {0}, receipt {1}.").format(
            money_text(self._refund.amount), self._payment.receipt_number or "–"
        )
        self._approving.ask(Right.RESOLVE_REFUND, text, then, person=self._person)

    def _find(self, approval: Approval | None) -> None:
        number = self.number.text().strip()
        reason = self.tr("Found in the cabinet: {0}").format(number)[:TYPED_REASON_LIMIT]
        self._job = self._background.start(
            self._decisions.resolve_found,
            self._refund.id,
            number,
            reason,
            approval=approval,
            done=self._done,
            failed=self._fail,
        )
        self._paint()

    def _not_executed(self, approval: Approval | None) -> None:
        self._job = self._background.start(
            self._decisions.resolve_not_executed,
            self._refund.id,
            self.reason.text(),
            approval=approval,
            done=self._done,
            failed=self._fail,
        )
        self._paint()

    def _done(self, view: RefundView) -> None:
        self._close()
        self.resolved.emit(view)

    def _fail(self, error: CashierError) -> None:
        """Nothing was recorded; the line says why, under what was typed."""
        self._job = None
        field = self.reason if self.chosen is Ending.NOT_EXECUTED else self.number
        field.set_error(self._trouble_text(error))
        self._paint()
        field.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _trouble_text(self, error: CashierError) -> str:
        match error.failure:
            case Failure.PROOF_DIFFERS:
                fields = error.facts.get("fields")
                names = fields if isinstance(fields, tuple | list) else ()
                return self.tr("Not this refund, it differs in: {0}. Nothing was recorded.").format(
                    ", ".join(self._difference(str(one)) for one in names)
                )
            case Failure.ALREADY_LINKED:
                return self.tr("This number is recorded with another refund")
            case Failure.TIMED_OUT | Failure.NO_LINK | Failure.CONNECTION_BROKEN:
                return self.tr("The gateway did not answer, try again")
            case _:
                return failure_text(error)

    def _difference(self, field: str) -> str:
        match field:
            case "id":
                return self.tr("the number, which the gateway does not know")
            case "payment_id":
                return self.tr("the payment")
            case "amount":
                return self.tr("the sum")
            case "currency":
                return self.tr("the currency")
            case "tag":
                return self.tr("the tag in its reason")
            case "time" | "created":
                return self.tr("the time")
            case _:
                return field

    def _refuse(self) -> None:
        """Esc: nothing was decided. What is being asked runs to its end."""
        if self._job is not None:
            return
        self._close()
        self.refused.emit()

    def _close(self) -> None:
        self._timer.stop()
        self._asked.cancel()
        self.remove()

    # What is shown

    @property
    def _sent_at(self) -> datetime:
        return self._refund.sent_at or self._refund.changed_at

    def _left(self) -> float:
        """Seconds until anybody may say that it was not executed."""
        return max(0.0, self._possible - self._clock.monotonic())

    def _wait(self, asked: float, seconds: float) -> None:
        self._possible = asked + seconds
        self._paint()

    def _paint(self) -> None:
        """Everything that depends on the choice, on the time and on what is under way."""
        left, busy, chosen = self._left(), self._job is not None, self.chosen
        late = self.ways[Ending.NOT_EXECUTED]
        late.setEnabled(left <= 0 and not busy)
        if left > 0:
            at = (self._clock.utc() + timedelta(seconds=left)).astimezone()
            late.show_aside(
                self.tr("possible at {0}, in {1}").format(
                    formats.clock(at, seconds=True), formats.duration(left + 0.999)
                )
            )
        else:
            late.show_aside("")
        for ending in (Ending.FOUND, Ending.WAIT):
            self.ways[ending].setEnabled(not busy)
        for ending, way in self.ways.items():
            way.show_field(ending is chosen)
        texts = {
            Ending.FOUND: self.tr("Check the number"),
            Ending.NOT_EXECUTED: self.tr("Record: not executed"),
            Ending.WAIT: self.tr("Wait"),
        }
        self._submit.setText(texts[chosen] if chosen else self.tr("Choose one"))
        self._submit.set_busy(self.tr("Checking…") if busy else None)
        self._submit.setEnabled(chosen is not None)
        self._cancel.setEnabled(not busy)

    def retranslate(self) -> None:
        refund = self._refund
        amount = money_text(refund.amount)
        title = self.tr("How did the refund of {0} end?").format(amount)
        self._head.setText(title)
        self.setAccessibleName(title)
        number = self._payment.receipt_number
        self._receipt.setText(self.tr("receipt {0}").format(number) if number else "")
        moment = formats.date_time(current_language(), self._sent_at.astimezone(), seconds=True)
        self._facts.setText(
            self.tr(
                "Look for it in the gateway’s cabinet. Sent {0} to: {1}; its reason carries the "
                "tag below. The till cannot find out by itself."
            ).format(moment, method_text(self._payment))
        )
        self._tag.setText(f"#{refund.tag}")
        self._tag.set_tone(Tone.WARN)
        self._copy.setText(self.tr("Copy"))
        self._copy.set_accessible(self.tr("Copy the tag"))
        for ending, way in self.ways.items():
            way.show_texts(*way_texts(ending))
        self.number.set_accessible(self.tr("The refund’s number"))
        self.number.line.setPlaceholderText(self.tr("The refund’s number"))
        self.reason.set_accessible(self.tr("How you know it"))
        self.reason.line.setPlaceholderText(self.tr("How you know it"))
        self.reason.set_counter(self.tr("%1 of %2"))
        self._cancel.setText(self.tr("Cancel"))
        self._note.setText(self.tr("The decision and the manager’s name stay in the journal"))
        self._paint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

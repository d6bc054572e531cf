"""Somebody new, another name or role, a new PIN: one dialog, with what the moment needs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from enum import Enum, auto

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.staff import NAME_LIMIT, Person, Role, pin_digits
from cashier.services.approvals import Approval
from cashier.services.staff import Staff
from cashier.ui.background import Background, Job
from cashier.ui.office_texts import role_text
from cashier.ui.pages.new_pin_form import NewPinForm
from cashier.ui.texts import failure_text
from cashier.ui.widgets.button import Button, Kind
from cashier.ui.widgets.combo_box import ComboBox
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.label import Label
from cashier.ui.widgets.label import Role as Look
from cashier.ui.widgets.tone import Tone


class Asked(Enum):
    """What the dialog is for."""

    ADD = auto()
    CHANGE = auto()
    PIN = auto()


class PersonDialog(Dialog):
    """F12 saves, Esc does not; Enter goes from field to field. `saved` with the person as it is.

    The PIN is typed twice by its owner and shown to nobody. Where an approval was needed it is
    spent by the first save that reaches the rules, whatever becomes of it: `approval_spent`.
    """

    saved = Signal(object)
    approval_spent = Signal()
    scan_dropped = Signal()

    def __init__(
        self,
        window: QWidget,
        *,
        staff: Staff,
        background: Background,
        clock: Clock,
        asked: Asked,
        person: Person | None = None,
        approval: Approval | None = None,
    ) -> None:
        super().__init__(window, name="person", width=600)
        self._staff = staff
        self._background = background
        self._asked = asked
        self._person = person
        self._approval = approval
        self._job: Job | None = None
        self._text = Label(tone="2", wrap=True, name="person.text")
        self._name = Field(name="person.name", limit=NAME_LIMIT)
        self._role_label = Label(role=Look.STRONG)
        self._role = ComboBox(name="person.role", accessible="role")
        role = person.role if person else Role.CASHIER
        self._pins = NewPinForm(name="person", clock=clock, role=role)
        self._error = Label(tone=Tone.BAD, wrap=True, name="person.error")
        self._cancel = Button("", name="person.cancel", keycap="Esc")
        self._save = Button("", name="person.save", kind=Kind.PRIMARY, keycap="F12")
        for one in Role:
            self._role.addItem(role_text(one), one)
        self._role.setCurrentIndex(list(Role).index(role))
        if person is not None:
            self._name.set_text(person.name)
        self._arrange()
        self._connect()
        self.retranslate()
        self._paint()

    def _arrange(self) -> None:
        for part in (
            self._text,
            self._name,
            self._role_label,
            self._role,
            self._pins,
            self._error,
        ):
            self.body.addWidget(part)
        self.buttons.addWidget(self._cancel)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._save)
        with_name = self._asked is not Asked.PIN
        for part in (self._name, self._role_label, self._role):
            part.setVisible(with_name)
        self._error.hide()

    def _connect(self) -> None:
        self._name.edited.connect(lambda _: self._clear_errors())
        self._name.submitted.connect(self._role.setFocus)
        self._role.currentIndexChanged.connect(self._take_role)
        self._pins.edited.connect(self._clear_errors)
        self._pins.scan_dropped.connect(self.scan_dropped)
        self._cancel.clicked.connect(self._leave)
        self._save.clicked.connect(self.save)
        self.escaped.connect(self._leave)
        self.on_key("F12", self.save)

    def open(self, *, focus: QWidget | None = None) -> None:
        """Show it with the focus where the typing begins."""
        super().open(focus=focus)
        if self._asked is Asked.PIN:
            self._pins.focus_first()
        else:
            self._name.line.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is typed

    @property
    def _chosen_role(self) -> Role:
        return list(Role)[max(self._role.currentIndex(), 0)]

    @property
    def _needs_pin(self) -> bool:
        """A change needs one only where the old PIN is too short for the new role."""
        if self._asked is not Asked.CHANGE or self._person is None:
            return True
        shortest, _ = pin_digits(self._chosen_role)
        return not self._person.is_off and self._person.pin_length < shortest

    def _take_role(self) -> None:
        self._pins.set_role(self._chosen_role)
        self._clear_errors()

    def _clear_errors(self) -> None:
        self._name.set_error("")
        self._error.hide()
        self._paint()

    def save(self) -> None:
        """F12."""
        if self._job is not None:
            return
        pin = self._pins.pin() if self._needs_pin else ""
        if self._asked is not Asked.PIN and not self._name.text().strip():
            self._name.set_error(self.tr("Enter the name"))
            self._name.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if pin is None:
            self._pins.focus_unfinished()
            return
        self._job = self._background.start(
            self._use_case(pin), done=self._finish, failed=self._take_failure
        )
        self._paint()

    def _use_case(self, pin: str) -> Callable[[], Awaitable[Person]]:
        name, role, approval = self._name.text(), self._chosen_role, self._approval
        staff, person = self._staff, self._person
        if person is None:
            return lambda: staff.add(name, role=role, pin=pin, approval=approval)
        if self._asked is Asked.PIN:
            return lambda: staff.set_pin(person.id, pin=pin, approval=approval)
        return lambda: staff.change(person.id, name=name, role=role, pin=pin, approval=approval)

    def _finish(self, person: Person) -> None:
        self._job = None
        self.remove()
        if self._approval is not None:
            self.approval_spent.emit()
        self.saved.emit(person)

    def _take_failure(self, error: CashierError) -> None:
        self._job = None
        self._paint()
        if error.failure is Failure.NAME_TAKEN or error.facts.get("field") == "name":
            self._name.set_error(failure_text(error))
            self._name.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if error.failure is Failure.PIN_WEAK or error.facts.get("field") == "pin":
            self._pins.show_error(failure_text(error))
            self._pins.focus_unfinished()
            return
        self._error.setText(failure_text(error))
        self._error.show()
        if error.failure is Failure.RIGHT_MISSING:
            self.approval_spent.emit()

    def _leave(self) -> None:
        if self._job is None:
            self._pins.clear()
            self.remove()

    # What is shown

    def _paint(self) -> None:
        busy = self._job is not None
        self._pins.setVisible(self._needs_pin)
        self._save.set_busy(self.tr("Saving…") if busy else None)
        self._cancel.setEnabled(not busy)

    def retranslate(self) -> None:
        titles = {
            Asked.ADD: self.tr("New person"),
            Asked.CHANGE: self.tr("Change a person"),
            Asked.PIN: self.tr("New PIN"),
        }
        self.set_title(titles[self._asked])
        if self._asked is Asked.PIN and self._person is not None:
            self._text.setText(
                self.tr("{0} types it twice; nobody else sees it.").format(self._person.name)
            )
        elif self._asked is Asked.ADD:
            self._text.setText(self.tr("The new person types the PIN; nobody else sees it."))
        self._text.setVisible(bool(self._text.text()))
        self._name.set_label(self.tr("Last and first name"))
        self._role_label.setText(self.tr("Role"))
        self._role.setAccessibleName(self.tr("Role"))
        for at, one in enumerate(Role):
            self._role.setItemText(at, role_text(one))
        self._cancel.setText(self.tr("Cancel"))
        self._save.setText(self.tr("Save"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

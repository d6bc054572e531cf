"""Settings, section «Staff»: who works here, their roles and PINs (picture 16b)."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.clock import Clock
from cashier.domain.failure import CashierError
from cashier.domain.staff import Person, Right
from cashier.services.approvals import Approval
from cashier.services.staff import Staff
from cashier.ui.background import Background
from cashier.ui.dialogs.person import Asked, PersonDialog
from cashier.ui.dialogs.pin import PinDialog
from cashier.ui.dialogs.switch_off import SwitchOffDialog
from cashier.ui.hints import Hint
from cashier.ui.pages.settings_section import SettingsSection
from cashier.ui.pages.staff_model import StaffColumn, StaffModel
from cashier.ui.pages.staff_roles import StaffRoles
from cashier.ui.texts import failure_text
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.empty_state import EmptyState
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.shortcut import shortcut
from cashier.ui.widgets.table import Column, TableFrame, TableView
from cashier.ui.widgets.tone import Tone

_TICK_MS = 1000
_WIDE = (
    Column(width=178),
    Column(width=146),
    Column(),
    Column(width=216),
    Column(width=196),
)
_NARROW = (Column(), Column(width=146), Column(width=100), Column(width=1), Column(width=196))


class StaffSection(SettingsSection):
    """Shut for whoever may not change the staff, with a way in by PIN, for one change.

    Saves each change at once: the bar of the settings has nothing to do here. `hints_changed`
    when the footer says something else; `scan_dropped`: the low tone.
    """

    has_bar = False

    def __init__(
        self,
        staff: Staff,
        background: Background,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("staff", parent)
        self._staff = staff
        self._background = background
        self._clock = clock
        self._people: tuple[Person, ...] = ()
        self._current: Person | None = None
        self._approval: Approval | None = None
        self._read_at = 0.0
        self._failure: CashierError | None = None
        self._is_filling = False
        self._band = Band(name="staff.band")
        self._shut = EmptyState(name="staff.shut", icon="lock")
        self._pin = Button("", name="staff.pin", icon="key-round", size=Size.SM)
        self._inside = QWidget()
        self._model = StaffModel(left_of=self._left_of, now=clock.utc, parent=self)
        self._table = TableView(name="staff.table", accessible="staff", row_height="history-row")
        self._table.setModel(self._model)
        self._add = Button("", name="staff.add", icon="user-plus", size=Size.SM, keycap="F10")
        self._chosen = Label(role=Role.STRONG, name="staff.chosen")
        self._edit = Button("", name="staff.edit", size=Size.SM, keycap="F4")
        self._new_pin = Button("", name="staff.new_pin", size=Size.SM, keycap="F6")
        self._open = Button("", name="staff.open", icon="lock-open", size=Size.SM, keycap="F7")
        self._off = Button("", name="staff.off", kind=Kind.DANGER, size=Size.SM, keycap="Del")
        self._roles = StaffRoles()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._arrange()
        self._connect()
        self.retranslate()
        self.set_narrow(False)
        follow_theme(self.restyle)

    # How it is built

    def _arrange(self) -> None:
        self.body.removeWidget(self._title)
        self._top = QHBoxLayout()
        self._top.addWidget(self._title, 1)
        self._top.addStretch(0)
        self._top.addWidget(self._add)
        self._frame = TableFrame(self._table)
        self._actions = QHBoxLayout()
        for part in (self._chosen, self._edit, self._new_pin, self._open, self._off):
            self._actions.addWidget(part)
        self._actions.addStretch(1)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._frame)
        self._column.addLayout(self._actions)
        self._column.addSpacing(1)
        self._column.addWidget(self._roles)
        self._column.addStretch(1)
        self._shut.add_button(self._pin)
        self.body.addLayout(self._top)
        self.body.addWidget(self._band)
        self.body.addWidget(self._shut)
        self.body.addWidget(self._inside)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self._table.selectionModel().currentRowChanged.connect(self._take_row)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for button, keys, pressed in (
            (self._add, "F10", self.add),
            (self._edit, "F4", self.edit),
            (self._new_pin, "F6", self.new_pin),
            (self._open, "F7", self.open_sign_in),
            (self._off, "Del", self.switch_off),
        ):
            button.clicked.connect(pressed)
            shortcut(self, keys, pressed, context=inside)
        self._pin.clicked.connect(self.ask_pin)
        self._timer.timeout.connect(self._tick)

    def restyle(self, theme: Theme) -> None:
        self._column.setSpacing(theme.px(12))
        self._actions.setSpacing(theme.px(10))
        self._fit()

    # What the settings page says

    def entered(self) -> None:
        """It is on screen: look who there is and who asks."""
        self._timer.start()
        self._load()

    def left(self) -> None:
        """On screen no more. An approval that was not used is gone."""
        self._timer.stop()
        self._approval = None
        self._failure = None
        self._paint()

    def hints(self) -> tuple[Hint, ...]:
        """The footer's keys while this section is on screen."""
        if not self.is_open:
            return ()
        return (
            Hint("↑ ↓", self.tr("Choose")),
            Hint("F10", self.tr("Add"), self.add),
            Hint("F4", self.tr("Change"), self.edit),
            Hint("F6", self.tr("New PIN"), self.new_pin),
        )

    def note(self) -> str:
        return self.tr("Staff are never deleted: receipts and the journal refer to them")

    def focus_first(self) -> None:
        target = self._table if self.is_open else self._pin
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        self._model.set_narrow(narrow)
        self._table.set_columns(_NARROW if narrow else _WIDE)
        self._table.setColumnHidden(StaffColumn.SEEN, narrow)
        self._roles.set_narrow(narrow)
        for button, keycap in ((self._edit, "F4"), (self._new_pin, "F6"), (self._open, "F7")):
            button.set_keycap("" if narrow else keycap)

    @property
    def is_open(self) -> bool:
        """Whether whoever is at the till, or an approval in hand, may change the staff."""
        by_right = self._current is not None and self._current.may(Right.STAFF)
        return by_right or self._approval is not None

    def show_people(self, people: tuple[Person, ...], current: Person | None) -> None:
        """Show everybody; `current` is at the till."""
        chosen = self._person
        self._people, self._current = people, current
        self._read_at = self._clock.monotonic()
        self._is_filling = True
        self._model.show_people(people, here=current.id if current else "")
        self._table.choose_row(max(self._model.row_of(chosen.id if chosen else ""), 0))
        self._is_filling = False
        self._paint()

    # What a person does

    def add(self) -> None:
        """F10."""
        self._ask(Asked.ADD, None)

    def edit(self) -> None:
        """F4."""
        self._ask(Asked.CHANGE, self._person)

    def new_pin(self) -> None:
        """F6."""
        self._ask(Asked.PIN, self._person)

    def open_sign_in(self) -> None:
        """F7: somebody shut out may try again at once."""
        person = self._person
        if self.is_open and person is not None and person.wrong_pins:
            self._run(self._staff.open_sign_in, person)

    def switch_off(self) -> None:
        """Del, after a question."""
        person = self._person
        if not self.is_open or person is None or person.is_off:
            return
        dialog = SwitchOffDialog(self.window(), person=person)
        dialog.agreed.connect(lambda: self._run(self._staff.switch_off, person))
        dialog.open()

    def ask_pin(self) -> None:
        """The way in for somebody who has the right, on another's screen."""
        dialog = PinDialog(
            self.window(),
            self._staff,
            self._background,
            Right.STAFF,
            self.tr("Open the staff for one change."),
            self._people,
            clock=self._clock,
        )
        dialog.approved.connect(self._take_approval)
        dialog.scan_dropped.connect(self.scan_dropped)
        dialog.open()

    def _take_approval(self, approval: Approval) -> None:
        self._approval = approval
        self._failure = None
        self._paint()
        self.focus_first()

    def _ask(self, asked: Asked, person: Person | None) -> None:
        if not self.is_open or (person is None and asked is not Asked.ADD):
            return
        dialog = PersonDialog(
            self.window(),
            staff=self._staff,
            background=self._background,
            clock=self._clock,
            asked=asked,
            person=person,
            approval=self._approval,
        )
        dialog.saved.connect(self._take_saved)
        dialog.approval_spent.connect(self._forget_approval)
        dialog.scan_dropped.connect(self.scan_dropped)
        dialog.open()

    def _run(self, use_case: object, person: Person) -> None:
        approval, self._approval = self._approval, None
        self._background.start(
            use_case,  # type: ignore[arg-type]  # one of the service's own
            person.id,
            approval=approval,
            done=self._take_saved,
            failed=self._take_failure,
        )

    def _take_saved(self, _person: Person) -> None:
        self._failure = None
        self._load()

    def _take_failure(self, error: CashierError) -> None:
        self._failure = error
        self._load()

    def _forget_approval(self) -> None:
        self._approval = None
        self._paint()

    # What is shown

    def _load(self) -> None:
        self._background.start(self._look, done=lambda found: self.show_people(*found))

    async def _look(self) -> tuple[tuple[Person, ...], Person | None]:
        return await self._staff.people(), self._staff.current

    @property
    def _person(self) -> Person | None:
        row = self._table.chosen_row()
        return self._model.people[row] if 0 <= row < len(self._model.people) else None

    def _take_row(self, _now: QModelIndex, _before: QModelIndex) -> None:
        if not self._is_filling:
            self._failure = None
            self._paint()

    def _left_of(self, person: Person) -> float:
        return max(0.0, person.lock_left - (self._clock.monotonic() - self._read_at))

    def _tick(self) -> None:
        if any(one.lock_left > 0 for one in self._people):
            self._model.repaint()

    def _paint(self) -> None:
        """Everything, from who asks, who is chosen and what went wrong."""
        opened, person = self.is_open, self._person
        self._shut.setVisible(not opened)
        self._inside.setVisible(opened)
        self._add.setVisible(opened)
        self._chosen.setText(person.name if person else "")
        is_on = person is not None and not person.is_off
        for button in (self._edit, self._new_pin):
            button.setEnabled(person is not None)
        self._new_pin.setText(self.tr("New PIN") if is_on else self.tr("Switch on, new PIN"))
        self._open.setEnabled(is_on and person is not None and person.wrong_pins > 0)
        self._off.setEnabled(is_on)
        self._show_band()
        self._fit()
        self.hints_changed.emit()

    def _show_band(self) -> None:
        self._band.clear()
        if self._failure is not None:
            self._band.show_message(failure_text(self._failure), tone=Tone.BAD)
        elif self.is_open and [one for one in self._people if not one.is_off] == [self._current]:
            self._band.show_message(
                self.tr("Add the cashiers: only you can sign in so far"), tone=Tone.ACCENT
            )

    def _fit(self) -> None:
        """The actions stand right under the last row."""
        rows = self._table.verticalHeader().defaultSectionSize() * self._model.rowCount()
        whole = self._table.horizontalHeader().height() + rows
        self._table.setFixedHeight(min(whole, current_theme().px(420)))

    def retranslate(self) -> None:
        self.set_title(self.tr("Staff"))
        self._shut.show_texts(
            self.tr("The administrator opens this section"),
            self.tr("Their PIN opens it here for one change."),
        )
        self._pin.setText(self.tr("PIN"))
        self._table.setAccessibleName(self.tr("Staff"))
        self._add.setText(self.tr("Add a person"))
        self._edit.setText(self.tr("Change"))
        self._open.setText(self.tr("Open sign-in"))
        self._off.setText(self.tr("Switch off"))
        self._model.repaint()
        self._paint()

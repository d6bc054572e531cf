"""First start, step 3: whoever may change keys, settings and staff."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.staff import NAME_LIMIT, Role
from cashier.services.staff_rules import NewAdministrator
from cashier.ui.pages.new_pin_form import NewPinForm
from cashier.ui.texts import failure_text
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label
from cashier.ui.widgets.label import Role as Look

_NARROW = 720


class AdministratorForm(QWidget):
    """A name and a new PIN. `edited` by hand."""

    edited = Signal()
    scan_dropped = Signal()

    def __init__(self, *, name: str, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = Field(name=f"{name}.name", limit=NAME_LIMIT)
        self._pins = NewPinForm(name=name, clock=clock, role=Role.ADMINISTRATOR)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._name)
        self._layout.addWidget(self._pins)
        self._name.submitted.connect(self._pins.focus_first)
        self._name.edited.connect(self._edit_name)
        self._pins.edited.connect(self.edited)
        self._pins.scan_dropped.connect(self.scan_dropped)
        self.retranslate()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setSpacing(theme.px(20))

    def read(self) -> NewAdministrator | None:
        """What is typed, once every rule holds; else None, and the focus where one does not."""
        pin = self._pins.pin()
        if not self._name.text().strip():
            self._name.set_error(self.tr("Enter the name"))
            self._name.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        if pin is None:
            self._pins.focus_unfinished()
            return None
        return NewAdministrator(self._name.text().strip(), pin)

    @property
    def is_complete(self) -> bool:
        return bool(self._name.text().strip()) and self._pins.pin() is not None

    def set_usable(self, usable: bool) -> None:
        self._name.set_enabled(usable)
        self._pins.set_usable(usable)

    def show_failure(self, error: CashierError) -> bool:
        """Mark the field it is about; False where it is about none."""
        if error.failure is Failure.PIN_WEAK or error.facts.get("field") == "pin":
            self._pins.show_error(failure_text(error))
        elif error.failure is Failure.NAME_TAKEN or error.facts.get("field") == "name":
            self._name.set_error(failure_text(error))
        else:
            return False
        return True

    def clear(self) -> None:
        """Forget what was typed."""
        self._name.set_text("")
        self._pins.clear()

    def focus_first(self) -> None:
        """The first field that still needs something."""
        if self._name.text().strip() and self._pins.pin() is None:
            self._pins.focus_unfinished()
        else:
            self._name.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def advance(self) -> None:
        """From the name to the PIN, and from there to its repetition."""
        if self._name.line.hasFocus():
            self._pins.focus_first()
        else:
            self._pins.focus_last()

    def _edit_name(self) -> None:
        self._name.set_error("")
        self.edited.emit()

    def retranslate(self) -> None:
        self._name.set_label(
            self.tr("Last and first name"), hint=self.tr("seen by cashiers and in the journal")
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class AdministratorStep(QWidget):
    """Picture 10c. `changed` when something was typed; `read` gives the administrator."""

    changed = Signal()
    scan_dropped = Signal()

    def __init__(self, *, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label(role=Look.PAGE_TITLE, name="first.admin.title", wrap=True)
        self._lead = Label(role=Look.LEAD, wrap=True)
        self._people: tuple[str, ...] = ()
        self._form = AdministratorForm(name="first.admin", clock=clock)
        self._known = _Note("users", name="first.admin.known")
        self._known.hide()
        self._others = _Note("users")
        self._forgotten = _Note("key")
        self._form.edited.connect(self.changed)
        self._form.scan_dropped.connect(self.scan_dropped)
        self._arrange()
        self.retranslate()
        follow_theme(self.restyle)

    def _arrange(self) -> None:
        self._notes = QVBoxLayout()
        self._notes.addWidget(self._others)
        self._notes.addWidget(self._forgotten)
        self._notes.addStretch(1)
        form = QVBoxLayout()
        form.addWidget(self._form)
        form.addWidget(self._known)
        form.addStretch(1)
        self._columns = QHBoxLayout()
        self._columns.addLayout(form, 7)
        self._columns.addLayout(self._notes, 6)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._lead)
        self._layout.addLayout(self._columns)
        self._layout.addStretch(1)

    def restyle(self, theme: Theme) -> None:
        narrow = self.width() < theme.px(_NARROW)
        self._layout.setSpacing(theme.px(12 if narrow else 18))
        self._columns.setSpacing(theme.px(20 if narrow else 32))
        self._notes.setSpacing(theme.px(14))
        self._lead.setVisible(not narrow)

    def read(self) -> NewAdministrator | None:
        """See `AdministratorForm.read`."""
        return self._form.read()

    @property
    def is_complete(self) -> bool:
        return self.has_people or self._form.is_complete

    @property
    def has_people(self) -> bool:
        """Whether nobody has to be made: the journal that tills share has its people."""
        return bool(self._people)

    def show_people(self, administrators: tuple[str, ...]) -> None:
        """Who administrates there already; nobody: the form."""
        self._people = administrators
        self._form.setVisible(not administrators)
        self._known.setVisible(bool(administrators))
        self._others.setVisible(not administrators)
        self.retranslate()

    def set_locked(self, locked: bool) -> None:
        """The application is at work."""
        self._form.set_usable(not locked)

    def show_failure(self, error: CashierError) -> bool:
        return self._form.show_failure(error)

    def focus_first(self) -> None:
        if not self.has_people:
            self._form.focus_first()

    def advance(self) -> None:
        """Enter: to the next field."""
        self._form.advance()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Administrator"))
        self._lead.setText(
            self.tr(
                "Changes keys and settings and adds staff. Without the PIN these pages are shut."
            )
        )
        self._known.show_texts(
            self.tr("The shared journal has its people"),
            self.tr("Sign in with the PIN you have at the other tills. Administrators: {0}").format(
                ", ".join(self._people)
            ),
        )
        self._others.show_texts(
            self.tr("The other staff"),
            self.tr(
                "Cashiers, seniors and managers are added in Settings, Staff. A cashier has "
                "4 digits, the others 6. While there are none, the administrator sells."
            ),
        )
        self._forgotten.show_texts(
            self.tr("If the PIN is forgotten"),
            self.tr(
                "Only an administrator of this computer’s system can reset it. "
                "The reset stays in the journal."
            ),
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.restyle(current_theme())


class _Note(Card):
    """A card with an icon, a title and a text."""

    def __init__(self, icon: str, *, name: str = "") -> None:
        super().__init__(padding=20, spacing=8)
        self._title = Label(role=Look.STRONG, wrap=True, name=f"{name}.title" if name else "")
        self._text = Label(role=Look.BODY, tone="2", wrap=True, name=f"{name}.text" if name else "")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(IconLabel(icon, px=22))
        head.addWidget(self._title, 1)
        self.body.addLayout(head)
        self.body.addWidget(self._text)

    def show_texts(self, title: str, text: str) -> None:
        self._title.setText(title)
        self._text.setText(text)

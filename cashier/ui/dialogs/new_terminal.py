"""A new terminal at the gateway: checked before it is sent, sent once, never sent again by
itself."""

from __future__ import annotations

from enum import Enum, auto
from functools import partial

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from cashier.domain.failure import CashierError, Failure
from cashier.domain.terminal import NewTerminal, Terminal
from cashier.services.approvals import Approval
from cashier.services.terminals import Found
from cashier.services.till import Till
from cashier.services.views import TillView
from cashier.ui.background import Background, Job
from cashier.ui.dialogs.approving import Allow
from cashier.ui.dialogs.new_terminal_form import NewTerminalForm
from cashier.ui.refusal_texts import rule_text
from cashier.ui.texts import failure_text, quoted
from cashier.ui.theme import current_theme
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.fitted_scroll import FittedScroll
from cashier.ui.widgets.label import Label
from cashier.ui.widgets.tone import Tone

LOOK_UP_AFTER_MS = 400
_LOW = 700


class Stage(Enum):
    """UNKNOWN: it was sent and nobody knows whether it exists (row T1)."""

    TYPING = auto()
    SENDING = auto()
    UNKNOWN = auto()
    CHECKING = auto()


class NewTerminalDialog(Dialog):
    """Picture 15b. F12 creates, or adds what has the alias already (row T2); F5 checks an unknown
    outcome; Esc asks if something was typed. `created` with the terminal."""

    created = Signal(object)

    def __init__(
        self,
        window: QWidget,
        *,
        till: Till,
        background: Background,
        allow: Allow,
        alias: str = "",
    ) -> None:
        super().__init__(window, name="new_terminal", width=760)
        self._till = till
        self._background = background
        self._allow = allow
        self._stage = Stage.TYPING
        self._looking: Job | None = None
        self._found: Found | None = None
        self._trouble: CashierError | None = None
        self._is_silent = False
        self._asks_to_leave = False
        self._lead = Label(tone="2", wrap=True, name="new_terminal.lead")
        self._form = NewTerminalForm()
        self._band = Band(name="new_terminal.message")
        self._cancel = Button("", name="new_terminal.cancel", size=Size.LG, keycap="Esc")
        self._create = Button(
            "",
            name="new_terminal.create",
            kind=Kind.PRIMARY,
            size=Size.LG,
            keycap="F12",
            spread=True,
        )
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(LOOK_UP_AFTER_MS)
        for part in (self._lead, FittedScroll(self._form), self._band):
            self.body.addWidget(part)
        self.buttons.addWidget(self._cancel)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._create)
        self._pause.timeout.connect(self._look_up)
        self._form.edited.connect(self._take_edit)
        self._form.alias_edited.connect(self._wait_for_alias)
        self._cancel.clicked.connect(self._leave)
        self._create.clicked.connect(self._send)
        self.escaped.connect(self._leave)
        self.on_key("F12", self._send)
        self.on_key("F5", self._check)
        self._given = alias
        self._form.set_alias(alias)
        if alias:
            self._pause.start()
        self.retranslate()

    def open_empty(self) -> None:
        """Show it, ready for the name. In a low window the explanation makes room."""
        self._lead.setVisible(self.window().height() >= current_theme().px(_LOW))
        self.open(focus=self._form.first)

    def show_view(self, view: TillView) -> None:
        """The header's knowledge of the gateway: a silence while sending starts the look-ups."""
        if self._stage is Stage.SENDING and view.health.failure is not None:
            self._is_silent = True
            self._paint()

    # The alias

    def _wait_for_alias(self) -> None:
        """The answer to what stood there before is not heard any more."""
        if self._looking is not None:
            self._looking.cancel()
        self._looking = None
        self._found = None
        self._form.note_alias("")
        if self._form.alias:
            self._pause.start()
        else:
            self._pause.stop()
        self._paint()

    def _look_up(self) -> None:
        if self._stage is not Stage.TYPING or not self._form.alias:
            return
        self._looking = self._background.start(
            self._till.terminals.look_up,
            self._form.alias,
            done=self._take_found,
            failed=self._take_no_answer,
        )

    def _take_found(self, found: Found) -> None:
        self._looking = None
        self._found = found
        self._show_alias()
        self._paint()

    def _take_no_answer(self, error: CashierError) -> None:
        self._looking = None
        self._form.note_alias(failure_text(error), tone=Tone.WARN)

    def _show_alias(self) -> None:
        if self._found is None:
            return
        alias = self._form.alias
        if self._found.info is None:
            text = self.tr("Alias {0} is free. One that is taken is added, not created again.")
            self._form.note_alias(text.format(alias), tone=Tone.OK)
        elif self._found.info.name:
            text = self.tr("Alias {0} is there already: {1}. The till will add it.")
            self._form.note_alias(text.format(alias, quoted(self._found.info.name)))
        else:
            text = self.tr("Alias {0} is there already. The till will add it.")
            self._form.note_alias(text.format(alias))

    # Sending

    def _send(self) -> None:
        if self._stage is not Stage.TYPING:
            return
        self._trouble = None
        new = self._form.read()
        if new is None:
            self._paint()
            return
        self._allow(partial(self._make, new))

    def _make(self, new: NewTerminal, approval: Approval | None) -> None:
        self._pause.stop()
        if self._looking is not None:
            self._looking.cancel()
        self._is_silent = False
        self._stage = Stage.SENDING
        self._paint()
        self._background.start(
            self._till.terminals.create,
            new,
            self._form.currency,
            approval=approval,
            done=self._finish,
            failed=self._take_trouble,
        )

    def _check(self) -> None:
        """Ask whether it exists; that is all that may be done about an unknown outcome."""
        if self._stage is Stage.UNKNOWN:
            self._allow(self._look_again)

    def _look_again(self, approval: Approval | None) -> None:
        self._stage = Stage.CHECKING
        self._paint()
        self._background.start(
            self._till.terminals.add,
            self._form.alias,
            self._form.currency,
            approval=approval,
            done=self._finish,
            failed=self._take_check,
        )

    def _finish(self, terminal: Terminal) -> None:
        self.created.emit(terminal)
        self.remove()

    def _take_trouble(self, error: CashierError) -> None:
        unknown = error.failure in (Failure.TERMINAL_OUTCOME_UNKNOWN, Failure.INTERNAL)
        self._stage = Stage.UNKNOWN if unknown else Stage.TYPING
        self._trouble = error
        self._paint()
        self._show_refused_fields(error)

    def _take_check(self, error: CashierError) -> None:
        is_absent = error.failure is Failure.TERMINAL_NOT_FOUND
        self._stage = Stage.TYPING if is_absent else Stage.UNKNOWN
        self._trouble = error
        self._paint()

    def _show_refused_fields(self, error: CashierError) -> None:
        refused = error.facts.get("fields")
        if isinstance(refused, dict):
            marked = [
                self._form.show_error(str(name), quoted(str(text)))
                for name, text in refused.items()
            ]
            if marked and all(marked):
                self._band.clear()
        if error.failure is Failure.FIELD_INVALID:
            limit = error.facts.get("limit")
            text = rule_text(str(error.facts.get("rule", "")), "" if limit is None else str(limit))
            if self._form.show_error(str(error.facts.get("field")), text[:1].upper() + text[1:]):
                self._band.clear()

    # Leaving

    def _leave(self) -> None:
        """Once more when something was typed; a call under way is never torn in half."""
        if self._stage in (Stage.SENDING, Stage.CHECKING):
            return
        if self._form.differs_from(self._given) and not self._asks_to_leave:
            self._asks_to_leave = True
            self._paint()
            return
        if self._looking is not None:
            self._looking.cancel()
        self.remove()

    def _take_edit(self) -> None:
        self._asks_to_leave = False
        self._trouble = None
        self._paint()

    # What is shown

    def _paint(self) -> None:
        """Band, buttons and fields, from the stage and the last trouble."""
        is_typing = self._stage is Stage.TYPING
        self._form.set_locked(not is_typing)
        self._create.setEnabled(is_typing)
        self._cancel.setEnabled(self._stage not in (Stage.SENDING, Stage.CHECKING))
        exists = self._found is not None and self._found.info is not None
        self._create.setText(self.tr("Add terminal") if exists else self.tr("Create terminal"))
        self._create.set_busy(self.tr("Creating…") if self._stage is Stage.SENDING else None)
        self._cancel.setText(
            self.tr("Leave without saving") if self._asks_to_leave else self.tr("Cancel")
        )
        self._band.clear()
        self._paint_band()
        self._hold_focus()

    def _hold_focus(self) -> None:
        """What had the focus may be gone or off; without one no key would be heard."""
        focus = QApplication.focusWidget()
        if not self.is_open or (focus is not None and self.isAncestorOf(focus)):
            return
        scrim = self.parentWidget()
        check = self._band.findChild(Button, "new_terminal.check")
        if self._stage is Stage.TYPING:
            self._form.first.setFocus()
        elif check is not None and check.isEnabled():
            check.setFocus()
        elif scrim is not None:
            scrim.setFocus()

    def _paint_band(self) -> None:
        alias = self._form.alias
        match self._stage:
            case Stage.SENDING if self._is_silent:
                self._band.show_message(
                    self.tr("Checking whether the terminal was created…"),
                    tone=Tone.WARN,
                    icon="loader-circle",
                )
            case Stage.UNKNOWN | Stage.CHECKING:
                self._paint_unknown(alias)
            case Stage.TYPING if self._asks_to_leave:
                self._band.show_message(
                    self.tr("What is typed will be lost. Press Esc again to leave."),
                    tone=Tone.WARN,
                )
            case Stage.TYPING if self._trouble is not None:
                self._band.show_message(self._trouble_text(self._trouble), tone=Tone.BAD)
            case _:
                pass

    def _paint_unknown(self, alias: str) -> None:
        self._band.show_message(
            self.tr("Nobody knows whether terminal {0} was created").format(alias),
            tone=Tone.WARN,
            icon="circle-question-mark",
            detail=self.tr("The till does not create it again by itself."),
        )
        check = Button(self.tr("Check"), name="new_terminal.check", size=Size.SM, keycap="F5")
        check.clicked.connect(self._check)
        self._band.add_button(check)
        check.set_busy(self.tr("Asking…") if self._stage is Stage.CHECKING else None)

    def _trouble_text(self, error: CashierError) -> str:
        match error.failure:
            case Failure.TERMINAL_NOT_FOUND:
                text = self.tr("The gateway has no terminal {0}: it was not created.")
                return text.format(self._form.alias)
            case Failure.REFUSED if str(error.facts.get("text", "")).strip():
                text = self.tr("The gateway refused: {0}")
                return text.format(quoted(str(error.facts["text"])))
            case _:
                return failure_text(error)

    def retranslate(self) -> None:
        self.set_title(self.tr("New terminal"))
        self._lead.setText(self.tr("Customers see the name and the description when they pay."))
        self._show_alias()
        self._paint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

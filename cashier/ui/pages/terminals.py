"""The terminals this till remembers: look, add, create, choose the default, check, forget."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.staff import Right
from cashier.domain.terminal import ALIAS_LIMIT, Terminal
from cashier.services.approvals import Approval
from cashier.services.till import Till
from cashier.services.views import TillView
from cashier.ui.background import Background, Job
from cashier.ui.dialogs.approving import Approving
from cashier.ui.hints import Hint
from cashier.ui.pages.page import Page
from cashier.ui.pages.terminal_dialogs import TerminalDialogs
from cashier.ui.pages.terminal_list import row_step
from cashier.ui.pages.terminal_panel import TerminalPanel
from cashier.ui.pages.terminal_states import TerminalStates
from cashier.ui.pages.terminal_texts import is_usable
from cashier.ui.texts import failure_text, quoted
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.room import room_of
from cashier.ui.widgets.shortcut import shortcut
from cashier.ui.widgets.tone import Tone

ID_LIMIT = 64
SKELETON_AFTER_MS = 300
_NARROW = 1100


class TerminalsPage(Page):
    """Picture 15. The list needs no network; everything else asks the gateway in the background.

    Trouble is told on the page itself; `problem_raised` is there because every page has it.
    """

    def __init__(
        self,
        *,
        till: Till,
        background: Background,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("terminals")
        self._till = till
        self._background = background
        self._clock = clock
        self._terminals: tuple[Terminal, ...] | None = None
        self._failure: CashierError | None = None
        self._chosen_key: int | None = None
        self._asking: Job | None = None
        self._loading: Job | None = None
        self._view: TillView | None = None
        self._message: tuple[str, str] = ("", "")
        self._approving = Approving(
            self, staff=till.staff, background=background, failed=self._take_refusal, clock=clock
        )
        self._dialogs = TerminalDialogs(self, till=till, background=background, allow=self._allow)
        self._make()
        self._arrange()
        self._connect()
        self.retranslate()
        follow_theme(self.restyle)

    def _make(self) -> None:
        self._entry = Field(name="terminals.entry", icon="search", keycap="F3", limit=ID_LIMIT)
        self._add = Button("", name="terminals.add", keycap="Enter")
        self._create = Button("", name="terminals.create", icon="plus", keycap="F10")
        self._band = Band(name="terminals.message")
        self._states = TerminalStates()
        self._list = self._states.list
        self._panel = TerminalPanel()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(SKELETON_AFTER_MS)

    def _arrange(self) -> None:
        self._row = QHBoxLayout()
        self._row.addWidget(self._entry, 1)
        self._row.addWidget(self._add)
        self._row.addWidget(self._create)
        self._content = self.message_room = QVBoxLayout()
        self._content.addLayout(self._row)
        self._content.addWidget(self._band)
        self._content.addWidget(self._states, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._content, 1)
        layout.addWidget(self._panel)

    def _connect(self) -> None:
        self._entry.line.installEventFilter(self)
        self._entry.submitted.connect(self._add_typed)
        self._entry.edited.connect(self._band.clear)
        self._add.clicked.connect(self._add_typed)
        self._create.clicked.connect(self._open_new)
        self._states.again_wanted.connect(self._load)
        self._patience.timeout.connect(self._paint)
        self._list.row_chosen.connect(self._take_row)
        self._panel.default_wanted.connect(self._make_default)
        self._panel.check_wanted.connect(self._check)
        self._panel.forget_wanted.connect(self._open_forget)
        self._panel.rename_wanted.connect(self._open_rename)
        self._dialogs.created.connect(self._take_created)
        self._dialogs.renamed.connect(self._take_change)
        self._dialogs.forgotten.connect(self._load)
        self._dialogs.closed.connect(self._hold_focus)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        keys = {
            "F3": self.focus_main,
            "F4": self._open_rename,
            "F5": self._check_or_load,
            "F6": self._make_default,
            "F10": self._open_new,
            "Del": self._open_forget,
        }
        for key, pressed in keys.items():
            shortcut(self, key, pressed, context=inside)

    def restyle(self, theme: Theme) -> None:
        narrow = self.width() < theme.px(_NARROW)
        pad = theme.px(16 if narrow else 20)
        self._content.setContentsMargins(pad, theme.px(16), pad, theme.px(16))
        self._content.setSpacing(theme.px(14))
        self._row.setSpacing(theme.px(12))
        self._panel.setFixedWidth(theme.px(room_of(self).side))
        self._list.set_narrow(narrow)
        self._panel.set_narrow(narrow)
        self._create.set_icon("" if narrow else "plus")

    # What the frame asks

    def show_view(self, view: TillView) -> None:
        before = self._view.terminal if self._view else None
        self._view = view
        self._dialogs.show_view(view)
        if self.isVisible() and view.terminal != before and self._loading is None:
            self._load()

    def footer(self) -> tuple[Hint, ...]:
        hints = [
            Hint("F3", self.tr("Find at the gateway"), self.focus_main),
            Hint("F10", self.tr("Create"), self._open_new),
        ]
        terminal = self._chosen()
        if terminal is not None:
            hints.append(Hint("F4", self.tr("Rename"), self._open_rename))
        if terminal is not None and not terminal.is_default and is_usable(terminal):
            hints.append(Hint("F6", self.tr("Make it default"), self._make_default))
        return tuple(hints)

    def footer_note(self) -> str:
        return self.tr("“Forget” does not delete the terminal at the gateway")

    def focus_main(self) -> None:
        self._entry.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._entry.line.selectAll()

    def entered(self) -> None:
        self._load()
        self.focus_main()

    def left(self) -> None:
        self._band.clear()

    # The list

    def _load(self) -> None:
        if self._loading is not None:
            self._loading.cancel()
        self._loading = self._background.start(
            self._till.terminals.load, done=self._take_list, failed=self._take_trouble
        )
        self._patience.start()
        self._paint()

    def _take_list(self, terminals: tuple[Terminal, ...]) -> None:
        self._loading = None
        self._failure = None
        self._terminals = terminals
        if self._chosen() is None:
            default = next((one.key for one in terminals if one.is_default), None)
            self._chosen_key = default or (terminals[0].key if terminals else None)
        self._list.show_terminals(terminals, self._chosen_key)
        self._paint()

    def _take_trouble(self, error: CashierError) -> None:
        self._loading = None
        self._failure = error
        self._paint()

    def _take_row(self, key: int) -> None:
        if key != self._chosen_key:
            self._chosen_key = key
            self._paint()

    def _chosen(self) -> Terminal | None:
        known = self._terminals or ()
        return next((one for one in known if one.key == self._chosen_key), None)

    def _paint(self) -> None:
        """Everything that depends on the list, the chosen row and what is under way."""
        is_slow = self._loading is not None and not self._patience.isActive()
        if self._failure is not None:
            self._states.show_failure(self._failure)
        elif self._terminals is None:
            self._states.show_loading(is_slow=is_slow)
        else:
            self._states.show_list(is_empty=not self._terminals)
        asking = self.tr("Asking the gateway…") if self._asking is not None else None
        is_adding = asking is not None and self._message[0] == "adding"
        self._add.set_busy(asking if is_adding else None)
        shown = self._chosen() if self._failure is None else None
        busy = None if asking is None else self.tr("Asking…")
        self._panel.show_terminal(shown, busy=busy)
        self._panel.setVisible(shown is not None)
        self.footer_changed.emit()

    # Adding

    def _add_typed(self) -> None:
        key = self._entry.text().strip()
        if not key or self._asking is not None:
            return
        self._band.clear()
        known = next(
            (one for one in self._terminals or () if key in (one.info.alias, one.info.id)), None
        )
        if known is not None:
            self._choose(known.key)
            self._say(self.tr("Terminal {0} is in the list already").format(key))
            self._entry.line.clear()
            return
        self._allow(partial(self._add_key, key))

    def _add_key(self, key: str, approval: Approval | None) -> None:
        self._message = ("adding", key)
        self._asking = self._background.start(
            self._till.terminals.add,
            key,
            approval=approval,
            done=self._take_added,
            failed=self._take_refusal,
        )
        self._paint()

    def _allow(self, then: Callable[[Approval | None], object]) -> None:
        """At once for an administrator; for others by an administrator's PIN."""
        person = self._view.person if self._view is not None else None
        text = self.tr("Change the list of terminals.")
        self._approving.ask(Right.TERMINALS, text, then, person=person, refused=self._hold_focus)

    def _take_added(self, terminal: Terminal) -> None:
        alias = self._message[1]
        self._asking = None
        self._message = ("", "")
        self._entry.line.clear()
        self._say(self.tr("Terminal {0} added: {1}").format(alias, quoted(terminal.name)))
        self._chosen_key = terminal.key
        self._load()

    def _take_refusal(self, error: CashierError) -> None:
        self._asking = None
        kind, key = self._message
        self._message = ("", "")
        if kind == "adding" and error.failure is Failure.TERMINAL_NOT_FOUND:
            self._offer_creation(key)
        else:
            self._say(failure_text(error), tone=Tone.WARN)
        self._paint()

    def _offer_creation(self, key: str) -> None:
        self._say(self.tr("There is no terminal {0}. Create it?").format(key))
        create = Button(self.tr("Create"), name="terminals.create_it", size=Size.SM, keycap="F10")
        create.clicked.connect(self._open_new)
        self._band.add_button(create)

    def _say(self, text: str, *, tone: Tone = Tone.ACCENT) -> None:
        self._band.clear()
        self._band.show_message(text, tone=tone)

    def _open_new(self) -> None:
        typed = self._entry.text().strip()
        known = {one.info.alias for one in self._terminals or ()}
        alias = typed if len(typed) <= ALIAS_LIMIT and typed not in known else ""
        self._band.clear()
        self._dialogs.open_new(alias)

    def _take_created(self, terminal: Terminal) -> None:
        self._entry.line.clear()
        self._chosen_key = terminal.key
        self._load()

    def _hold_focus(self) -> None:
        """What had the focus before a dialog may be gone; without one no key would be heard."""
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self._entry.line.setFocus()

    # The chosen one

    def _choose(self, key: int) -> None:
        self._chosen_key = key
        self._list.choose(key)
        self._paint()

    def _make_default(self) -> None:
        terminal = self._chosen()
        if terminal is None or terminal.is_default or not is_usable(terminal):
            return
        use_case, key = self._till.terminals.make_default, terminal.key
        self._allow(
            lambda approval: self._ask("default", partial(use_case, approval=approval), key)
        )

    def _check(self) -> None:
        terminal = self._chosen()
        if terminal is not None:
            self._ask("check", self._till.terminals.check, terminal.key)

    def _check_or_load(self) -> None:
        if self._failure is not None:
            self._load()
        else:
            self._check()

    def _ask(self, kind: str, use_case: object, key: int) -> None:
        if self._asking is not None or not callable(use_case):
            return
        self._band.clear()
        self._message = (kind, "")
        self._asking = self._background.start(
            use_case, key, done=self._take_change, failed=self._take_refusal
        )
        self._paint()

    def _take_change(self, _terminal: Terminal) -> None:
        self._asking = None
        self._message = ("", "")
        self._load()

    def _open_rename(self) -> None:
        terminal = self._chosen()
        if terminal is not None and self._asking is None:
            self._dialogs.open_rename(terminal)

    def _open_forget(self) -> None:
        terminal = self._chosen()
        if terminal is not None and self._asking is None:
            self._dialogs.open_forget(terminal)

    # Words and events

    def retranslate(self) -> None:
        self._entry.line.setPlaceholderText(self.tr("alias or number"))
        self._entry.set_accessible(self.tr("Alias or number of a terminal"))
        self._add.setText(self.tr("Add"))
        self._create.setText(self.tr("Create"))
        self._paint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._band.clear()
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.restyle(current_theme())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the entry ↑ ↓ go through the list, and Del in an empty one means the row."""
        is_press = event.type() == QEvent.Type.KeyPress
        step = row_step(event) if is_press and isinstance(event, QKeyEvent) else None
        if step:
            self._list.move_choice(step)
        elif step == 0 and not self._entry.text():
            if isinstance(event, QKeyEvent) and not event.isAutoRepeat():
                self._open_forget()
        else:
            return super().eventFilter(watched, event)
        return True

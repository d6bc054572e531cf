"""The window of a till whose journal is being moved to a server: how far it is, what came of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cashier.domain.failure import CashierError, Failure
from cashier.journal.moving import Moved, Progress
from cashier.services.moving import Mover
from cashier.services.restoration import AllowedMove
from cashier.ui import formats
from cashier.ui.background import Background
from cashier.ui.frame.layout import centre, least_size
from cashier.ui.texts import failure_text
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.bar import Bar
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.card import Card
from cashier.ui.widgets.focus_ring import FocusRing
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.shortcut import shortcut

_WIDTH = 720


class MovingWindow(QWidget):
    """Begins at once and cannot be stopped. Afterwards F12 or Esc opens the till: `ended`.

    Whatever came of it, the till opens on the journal that is its own then.
    """

    ended = Signal()

    def __init__(
        self,
        *,
        mover: Mover,
        background: Background,
        allowed: AllowedMove,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("moving")
        self._allowed = allowed
        self._progress: Progress | None = None
        self._moved: Moved | None = None
        self._error: CashierError | None = None
        self._title = Label(role=Role.PAGE_TITLE, wrap=True, name="moving.title")
        self._text = Label(role=Role.LEAD, wrap=True, name="moving.text")
        self._detail = Label(role=Role.SMALL, tone="2", wrap=True, name="moving.detail")
        self._detail.allow_selection()
        self._bar = Bar()
        self._go = Button(
            "", name="moving.open", kind=Kind.PRIMARY, size=Size.LG, keycap="F12", spread=True
        )
        self._arrange()
        self._go.clicked.connect(self._end)
        for keys in ("F12", "Esc"):
            shortcut(self, keys, self._end)
        self.retranslate()
        self.ring = FocusRing(self)
        follow_theme(self.restyle)
        background.start(
            mover.move, allowed, report=self._report, done=self._take, failed=self._fail
        )

    def _arrange(self) -> None:
        self._card = Card(name="moving.card", padding=24)
        for part in (self._title, self._text, self._bar, self._detail):
            self._card.body.addWidget(part)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._go)
        self._card.body.addLayout(buttons)
        centre(self, self._card)

    def restyle(self, theme: Theme) -> None:
        self.setMinimumSize(least_size(self, theme))
        self._card.setMaximumWidth(theme.px(_WIDTH))
        self._card.body.setSpacing(theme.px(14))
        self._go.setMinimumWidth(theme.px(260))

    @property
    def is_over(self) -> bool:
        return self._moved is not None or self._error is not None

    def _end(self) -> None:
        if self.is_over:
            self.ended.emit()

    def _report(self, progress: Progress) -> None:
        self._progress = progress
        self._paint()

    def _take(self, moved: Moved) -> None:
        self._moved = moved
        self._paint()
        self._go.setFocus()

    def _fail(self, error: CashierError) -> None:
        self._error = error
        self._paint()
        self._go.setFocus()

    def _paint(self) -> None:
        self._bar.setVisible(not self.is_over)
        self._go.setVisible(self.is_over)
        if self._moved is not None:
            self._title.setText(self.tr("The journal is on the server"))
            text = self.tr(
                "Rows moved: {0}, each compared with the old journal. "
                "The old file is kept and is not used any more."
            )
            self._text.setText(text.format(self._rows()))
            self._detail.setText(str(self._moved.kept))
        elif self._error is not None:
            self._show_error(self._error)
        else:
            self._title.setText(self.tr("Moving the journal to the server…"))
            self._text.setText(
                self.tr("The till opens again by itself. Do not switch the computer off.")
            )
            self._detail.setText(self._progress_text())
        self._detail.setVisible(bool(self._detail.text()))

    def _show_error(self, error: CashierError) -> None:
        reason = str(error.facts.get("reason") or "")
        if error.failure is Failure.JOURNAL_AWAY and error.facts.get("is_open"):
            self._title.setText(self.tr("Whether the journal was moved is not known yet"))
            self._text.setText(
                self.tr(
                    "The server went away at the last step. Nothing is lost: the till asks it "
                    "first, and opens only on the journal that is its own."
                )
            )
        else:
            self._title.setText(self.tr("The journal was not moved"))
            kept = self.tr("The journal in this till’s folder is untouched and is still used.")
            is_silent = error.failure is Failure.JOURNAL_AWAY and not error.facts.get("password")
            why = self.tr("The server stopped answering.") if is_silent else failure_text(error)
            self._text.setText(f"{why}\n{kept}")
        self._detail.setText(reason)

    def _progress_text(self) -> str:
        progress = self._progress
        if progress is None:
            return self.tr("The journal is being checked.")
        self._bar.show_share(progress.done / max(progress.whole, 1))
        text = (
            self.tr("Compared: {0} of {1} rows")
            if progress.is_comparing
            else self.tr("Copied: {0} of {1} rows")
        )
        done = formats.count(current_language(), progress.done)
        return text.format(done, self._rows())

    def _rows(self) -> str:
        """Those that are compared; goods and people, which tills share, are not among them."""
        whole = self._progress.whole if self._progress is not None else 0
        return formats.count(current_language(), whole)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Cashier"))
        self._go.setText(self.tr("Open the till"))
        self._paint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

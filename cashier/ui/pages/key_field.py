"""The API key: where it is kept, or a new one being typed. The kept one is never shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cashier.credentials import KeyPlace
from cashier.ui.pages.key_place import keeper_text, place_text
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.badge import Badge
from cashier.ui.widgets.button import Button
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.tone import Tone


class KeyField(QWidget):
    """Dots that stand for a kept key with [Replace], or an empty field for a new one."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place: KeyPlace | None = None
        self._is_replacing = False
        self._is_locked = False
        self._field = Field(name="settings.key", secret=True)
        self._field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._badge = Badge(name="settings.key.place")
        self._field.add_trailing(self._badge)
        self._eye = self._field.add_reveal(name="settings.key.reveal", accessible="eye")
        self._replace = Button("", name="settings.key.replace")
        self._button_column = QVBoxLayout()
        self._button_column.addWidget(self._replace)
        self._button_column.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._field, 1)
        self._row.addLayout(self._button_column)
        self._field.edited.connect(self.edited)
        self._replace.clicked.connect(self._start_replacing)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.retranslate()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._row.setSpacing(theme.px(10))
        self._button_column.setContentsMargins(0, theme.px(28), 0, 0)

    def text(self) -> str:
        """What is typed; empty while the kept key stays."""
        return self._field.text().strip()

    def show_place(self, place: KeyPlace | None) -> None:
        self._place = place
        self.show_kept()

    def show_kept(self) -> None:
        """Drop what was typed."""
        self._is_replacing = False
        self._field.line.clear()
        self._field.set_error("")
        self._eye.setChecked(False)
        self._paint()

    def set_locked(self, locked: bool) -> None:
        self._is_locked = locked
        if locked and self._is_replacing:
            self.show_kept()
        self._paint()

    def set_error(self, text: str) -> None:
        if text:
            self._is_replacing = True
            self._paint()
        self._field.set_error(text)

    def focus_typing(self) -> None:
        """Open the field for a new key and go there."""
        self._start_replacing()

    def _start_replacing(self) -> None:
        self._is_replacing = True
        self._paint()
        self._field.setFocus()

    def _paint(self) -> None:
        kept = self._place is not None and not self._is_replacing
        line = self._field.line
        self._field.set_enabled(not self._is_locked)
        line.setReadOnly(kept)
        line.setFocusPolicy(Qt.FocusPolicy.NoFocus if kept else Qt.FocusPolicy.StrongFocus)
        line.setPlaceholderText("••••••••" if kept else "")
        self._badge.setVisible(kept)
        tone = Tone.OK if self._place is KeyPlace.STORE else Tone.MUTE
        self._badge.show_state(place_text(self._place), tone=tone, icon="lock")
        self._eye.setVisible(not kept)
        self._replace.setVisible(kept)
        self._replace.setEnabled(not self._is_locked)

    def retranslate(self) -> None:
        self._field.set_label(self.tr("API key"), hint=keeper_text())
        self._replace.setText(self.tr("Replace"))
        self._replace.set_accessible(self.tr("Replace the key"))
        self._eye.setAccessibleName(self.tr("Show what is typed"))
        self._paint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

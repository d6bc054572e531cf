"""The bar under the settings: what has changed, cancel, save."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label


class SettingsBar(QFrame):
    """Both buttons work only while something has changed."""

    cancel_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self._icon = IconLabel("pencil", px=18)
        self._changed = Label(tone="2", name="settings.changed", elide=True)
        self._cancel = Button("", name="settings.cancel", size=Size.LG, keycap="Esc", spread=True)
        self._save = Button(
            "",
            name="settings.save",
            kind=Kind.PRIMARY,
            size=Size.LG,
            keycap="F12",
            spread=True,
        )
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._changed, 1)
        self._row.addWidget(self._cancel)
        self._row.addWidget(self._save)
        self._cancel.clicked.connect(self.cancel_wanted)
        self._save.clicked.connect(self.save_wanted)
        self.retranslate()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setFixedHeight(theme.px(84))
        self._row.setSpacing(theme.px(12))

    def set_narrow(self, narrow: bool) -> None:
        theme = current_theme()
        side = theme.px(20 if narrow else 28)
        self._row.setContentsMargins(side, 0, side, 0)
        self._save.setMinimumWidth(0 if narrow else theme.px(260))
        self._cancel.setMinimumWidth(0 if narrow else theme.px(180))

    def show_state(self, text: str, *, is_changed: bool, busy: str | None) -> None:
        self._changed.setText(text)
        self._icon.setVisible(is_changed)
        self._cancel.setEnabled(is_changed and busy is None)
        self._save.setEnabled(is_changed)
        self._save.set_busy(busy)

    def retranslate(self) -> None:
        self._cancel.setText(self.tr("Cancel"))
        self._save.setText(self.tr("Save"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

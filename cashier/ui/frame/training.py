"""The band that nobody can mistake: no real money here."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role


class TrainingBand(QFrame):
    """Amber, over the whole width, on every screen of training but the opening line's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training")
        self._text = Label(role=Role.STRONG, tone="warn", name="training.text")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addStretch(1)
        layout.addWidget(IconLabel("graduation-cap", px=20, colour="warn-text"))
        layout.addWidget(self._text, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)
        self._retranslate()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setFixedHeight(theme.height("training"))

    def _retranslate(self) -> None:
        self._text.setText(self.tr("Training: no money is taken"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

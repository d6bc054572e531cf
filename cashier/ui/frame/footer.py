"""The footer: the keys of the page on screen, each also a button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from cashier.ui.hints import Hint
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.footer_hint import FooterHint
from cashier.ui.widgets.label import Label, Role


class Footer(QFrame):
    """Shows the hints that fit, the last one (all keys) always, and a note at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("footer")
        self._hints: dict[Hint, FooterHint] = {}
        self._shown: tuple[tuple[Hint, ...], str] = ((), "")
        self._note = Label(role=Role.CAPTION, tone="3", name="footer.note")
        self._note.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout()
        self._layout = QHBoxLayout(self)
        self._layout.addLayout(self._row)
        self._layout.addStretch(1)
        self._layout.addWidget(self._note)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setMinimumHeight(0 if theme.touch else theme.px(44))
        self._layout.setContentsMargins(theme.px(12), 0, theme.px(20), 0)
        self._row.setSpacing(theme.px(6))
        self.setMaximumHeight(0 if theme.touch else theme.px(44))
        self._fit()

    def show_hints(self, hints: tuple[Hint, ...], note: str) -> None:
        """Show these instead; what stays is not made anew."""
        if (hints, note) == self._shown:
            return
        self._shown = (hints, note)
        for hint in [one for one in self._hints if one not in hints]:
            gone = self._hints.pop(hint)
            self._row.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._hints = {hint: self._hints.get(hint) or self._made(hint) for hint in hints}
        for place, shown in enumerate(self._hints.values()):
            self._row.insertWidget(place, shown)
        self._note.setText(note)
        self._fit()

    def _made(self, hint: Hint) -> FooterHint:
        keys = hint.key.lower().replace("+", "-").replace(" ", "")
        made = FooterHint(hint.key, hint.text, name=f"footer.{keys}", parent=self)
        if hint.action is not None:
            made.clicked.connect(hint.action)
        else:
            made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.show()
        return made

    def _fit(self) -> None:
        """Hide hints that would push the note out, from the one before the last backwards."""
        margins = self._layout.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._note.sizeHint().width() - 24
        spacing = max(self._row.spacing(), 0)
        made = list(self._hints.values())
        needed = [hint.sizeHint().width() + spacing for hint in made]
        shown = [True] * len(needed)
        for index in range(len(needed) - 2, -1, -1):
            if sum(width for width, keep in zip(needed, shown, strict=True) if keep) <= room:
                break
            shown[index] = False
        for hint, is_shown in zip(made, shown, strict=True):
            hint.setVisible(is_shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

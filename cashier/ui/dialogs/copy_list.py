"""Copies of the journal to choose one from, and what putting one back means."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cashier.journal.copies import Copy
from cashier.ui.journal_texts import copy_detail, copy_title
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.choice import Choice

translate = QCoreApplication.translate


def consequences() -> str:
    """What whoever puts a copy back has to know first."""
    return translate(
        "CopyList",
        "What happened after the copy is not in it. Payments made since then are found at the "
        "gateway by their number (Payments, F6). Refunds wait until a manager has looked up those "
        "made since then in the Invoice account and entered them. Receipts put aside may have been "
        "paid meanwhile. People and PINs are those of the copy.\n"
        "The journal as it is now stays beside it under another name.",
    )


class _CopyChoice(Choice):
    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if steps is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(steps)


class CopyList(QWidget):
    """The newest first, and that one chosen. ↑ ↓ choose; `changed` when another one is."""

    changed = Signal()

    def __init__(self, copies: Sequence[Copy], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._copies = tuple(copies)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._choices = [_CopyChoice("", name=f"copies.{one.serial}") for one in self._copies]
        for at, choice in enumerate(self._choices):
            self._layout.addWidget(choice)
            choice.moved.connect(partial(self._move, at))
            choice.toggled.connect(self.changed)
        if self._choices:
            self._choices[0].setChecked(True)
        self.retranslate()
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setSpacing(theme.px(8))

    @property
    def chosen(self) -> Copy | None:
        """None where there is no copy."""
        pairs = zip(self._copies, self._choices, strict=True)
        return next((copy for copy, choice in pairs if choice.isChecked()), None)

    def begin(self) -> None:
        """The focus to the one that is chosen."""
        for choice in self._choices:
            if choice.isChecked():
                choice.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def first(self) -> QWidget | None:
        return self._choices[0] if self._choices else None

    def _move(self, at: int, steps: int) -> None:
        to = min(max(at + steps, 0), len(self._choices) - 1)
        self._choices[to].setChecked(True)
        self._choices[to].setFocus(Qt.FocusReason.TabFocusReason)

    def retranslate(self) -> None:
        for copy, choice in zip(self._copies, self._choices, strict=True):
            choice.show_texts(copy_title(copy), copy_detail(copy))

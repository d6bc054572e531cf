"""Who may sit down at the till, one above the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from cashier.domain.staff import Person
from cashier.ui import icons
from cashier.ui.fonts import text_font
from cashier.ui.office_texts import role_text
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.fitted_scroll import scrolling
from cashier.ui.widgets.shape import draw_rounded

_HEIGHT, _GAP, _DISC = 68, 10, 42


@dataclass(frozen=True, slots=True)
class RowText:
    """What stands at the right of a person; `is_warning` with a lock, in amber."""

    text: str = ""
    is_warning: bool = False


class PersonRow(QAbstractButton):
    """Initials, name and role; filled while chosen. Takes no focus: ↑ ↓ choose from the PIN."""

    def __init__(self, person: Person, *, name: str) -> None:
        super().__init__()
        self.person = person
        self._right = RowText()
        self.setObjectName(name)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_right(RowText())
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setFixedHeight(theme.px(_HEIGHT))
        self.update()

    def show_right(self, right: RowText) -> None:
        self._right = right
        words = (self.person.name, role_text(self.person.role), right.text)
        self.setText(", ".join(word for word in words if word))
        self.setShortcut("")
        self.setAccessibleName(self.text())
        self.update()

    def right(self) -> str:
        return self._right.text

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(320), theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        on = self.isChecked()
        over = self.underMouse() or self.isDown()
        draw_rounded(
            painter,
            self.rect(),
            radius=theme.px(12),
            fill=theme.color("accent-soft" if on else "surface-2" if over else "surface"),
            border=theme.color("accent" if on else "line-strong"),
            width=theme.px(2 if on else 1),
        )
        disc = theme.px(_DISC)
        spot = QRect(theme.px(21), (self.height() - disc) // 2, disc, disc)
        fill = theme.color("accent" if on else "mute-soft")
        draw_rounded(painter, spot, radius=disc / 2, fill=fill)
        painter.setFont(self._font(theme, 15, QFont.Weight.DemiBold))
        painter.setPen(theme.color("on-accent" if on else "mute-text"))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, initials(self.person.name))
        left = spot.right() + theme.px(17)
        room = QRect(left, 0, self.width() - left - theme.px(20), self.height())
        taken = self._paint_right(painter, theme, room)
        self._paint_name(painter, theme, room.adjusted(0, 0, -taken, 0))

    def _paint_right(self, painter: QPainter, theme: Theme, room: QRect) -> int:
        if not self._right.text:
            return 0
        warns = self._right.is_warning
        weight = QFont.Weight.DemiBold if warns else QFont.Weight.Normal
        font = self._font(theme, 14, weight)
        painter.setFont(font)
        ink = theme.color("warn-text" if warns else "text-2")
        painter.setPen(ink)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, flags, self._right.text)
        width = QFontMetrics(font).horizontalAdvance(self._right.text)
        if warns:
            side = theme.px(18)
            left = room.right() - width - side - theme.px(8)
            spot = QRectF(left, (self.height() - side) / 2, side, side)
            icons.paint_icon(painter, spot, "lock", ink)
            width += side + theme.px(8)
        return width + theme.px(12)

    def _paint_name(self, painter: QPainter, theme: Theme, room: QRect) -> None:
        top = theme.px(10)
        lines = (
            (self.person.name, 18, QFont.Weight.DemiBold, "text", 26),
            (role_text(self.person.role).lower(), 14, QFont.Weight.Normal, "text-2", 20),
        )
        for text, px, weight, colour, height in lines:
            font = self._font(theme, px, weight)
            painter.setFont(text_font(font, text))
            painter.setPen(theme.color(colour))
            row = QRect(room.left(), top, room.width(), theme.px(height))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, row.width())
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, shown)
            top += theme.px(height)

    def _font(self, theme: Theme, px: int, weight: QFont.Weight) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme.px(px))
        font.setWeight(weight)
        return font


class PeopleList(QWidget):
    """`chosen` with the person, by hand or by `step`. Scrolls when there are many."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[PersonRow] = []
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch(1)
        self._area = scrolling(self._inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._column.setSpacing(theme.px(_GAP))
        self._fit(theme)

    def show_people(self, people: Sequence[Person], chosen: str) -> None:
        """Show them in this order with `chosen` (an id) chosen, or the first."""
        if [row.person.id for row in self._rows] == [person.id for person in people]:
            for row, person in zip(self._rows, people, strict=True):
                row.person = person
            return
        for old in self._rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = []
        for number, person in enumerate(people, start=1):
            row = PersonRow(person, name=f"lock.person.{number}")
            row.clicked.connect(lambda _=False, picked=row: self.choose(picked))
            self._rows.append(row)
            self._column.insertWidget(number - 1, row)
        for row in self._rows:
            if row.person.id == chosen or (row is self._rows[0]):
                row.setChecked(True)
        self._fit(current_theme())

    def _fit(self, theme: Theme) -> None:
        count = len(self._rows)
        whole = count * theme.px(_HEIGHT) + max(count - 1, 0) * theme.px(_GAP)
        self.setMaximumHeight(whole)
        self.setMinimumHeight(min(whole, theme.px(_HEIGHT)))

    @property
    def rows(self) -> tuple[PersonRow, ...]:
        return tuple(self._rows)

    def person(self) -> Person | None:
        return next((row.person for row in self._rows if row.isChecked()), None)

    def choose(self, row: PersonRow) -> None:
        row.setChecked(True)
        self._area.ensureWidgetVisible(row, 0, current_theme().px(_GAP))
        self.chosen.emit(row.person)

    def step(self, steps: int) -> None:
        """Choose the one above or below."""
        at = next((number for number, row in enumerate(self._rows) if row.isChecked()), -1)
        if self._rows:
            self.choose(self._rows[min(max(at + steps, 0), len(self._rows) - 1)])


def in_order(people: Sequence[Person], *, renewed: str, last: str) -> tuple[Person, ...]:
    """Whoever can sign in, the last cashier first, then by role and name."""
    usable = [one for one in people if not one.is_off and (one.pin_length or one.id == renewed)]
    return tuple(sorted(usable, key=lambda one: (one.id != last, one.role, one.name.casefold())))


def initials(name: str) -> str:
    """Of two words at most; a till's number behind a namesake, “(3)”, is no word."""
    return "".join(word[0] for word in name.split() if word[0].isalnum())[:2].upper()

"""The header: which terminal, which shift, what waits, how the gateway is, what time it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from cashier.clock import Clock
from cashier.ui import formats, icons
from cashier.ui.frame.chip import Chip
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.card import Rule
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.room import Room, room_of
from cashier.ui.widgets.shape import draw_rounded
from cashier.ui.widgets.tone import Tone

if TYPE_CHECKING:
    from cashier.domain.staff import Person
    from cashier.domain.terminal import Terminal
    from cashier.services.views import PaymentView, TillView

_WIDEST_NAME = 240


class TerminalButton(QPushButton):
    """The picker: the terminal's name and alias; a lock instead of the arrow while frozen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sale.terminal")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name = ""
        self._detail = ""
        self._is_locked = False
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setFixedHeight(theme.px(48))
        self.setProperty("ring-radius", theme.px(10))
        self._resize()

    def show_terminal(self, terminal: Terminal | None, *, is_locked: bool) -> None:
        """Show which terminal the next payment goes to."""
        self._is_locked = is_locked
        if terminal is None:
            self._name = self.tr("No terminal")
            self._detail = self.tr("choose one")
        else:
            self._name = terminal.name
            key = terminal.info.alias or terminal.info.id[:8]
            self._detail = self.tr("terminal {0}").format(key)
        self.setEnabled(not is_locked)
        self.setAccessibleName(self.tr("Terminal: {0}, {1}").format(self._name, self._detail))
        self._resize()

    def _resize(self) -> None:
        self.setFixedWidth(self.sizeHint().width())
        self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        words = max(
            QFontMetrics(self._font(theme, 15, QFont.Weight.DemiBold)).horizontalAdvance(
                self._name
            ),
            QFontMetrics(self._font(theme, 13)).horizontalAdvance(self._detail),
        )
        words = min(max(words, theme.px(98)), theme.px(_WIDEST_NAME))
        return QSize(words + theme.px(12 + 22 + 12 + 12 + 18 + 14), theme.px(48))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        over = self.isEnabled() and (self.underMouse() or self.isDown())
        draw_rounded(
            painter,
            self.rect(),
            radius=theme.px(10),
            fill=theme.color("surface-3" if over else "surface"),
            border=theme.color("line-strong" if self.isEnabled() else "line"),
        )
        icon = theme.px(22)
        left = self.rect().adjusted(theme.px(12), (self.height() - icon) // 2, 0, 0)
        left.setSize(QSize(icon, icon))
        icons.paint_icon(painter, left.toRectF(), "monitor-smartphone", theme.color("text-2"))
        small = theme.px(18)
        right = self.rect().adjusted(0, (self.height() - small) // 2, 0, 0)
        right.setLeft(self.width() - small - theme.px(12))
        right.setSize(QSize(small, small))
        sign = "lock" if self._is_locked else "chevron-down"
        icons.paint_icon(painter, right.toRectF(), sign, theme.color("text-2"))
        text = self.rect().adjusted(theme.px(46), 0, -theme.px(42), 0)
        top = theme.px(5)
        line = (self.height() - 2 * top) // 2
        for index, (words, px, weight, colour) in enumerate(
            (
                (self._name, 15, QFont.Weight.DemiBold, "text"),
                (self._detail, 13, QFont.Weight.Normal, "text-3"),
            )
        ):
            font = self._font(theme, px, weight)
            painter.setFont(font)
            painter.setPen(theme.color(colour))
            row = text.adjusted(0, top + index * line, 0, 0)
            row.setHeight(line)
            shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, row.width())
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _font(self, theme: Theme, px: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme.px(px))
        font.setWeight(weight)
        return font


class TwoLines(QWidget):
    """A strong line and a caption under it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = Label(role=Role.STRONG, name=f"{name}.first")
        self.second = Label(role=Role.CAPTION, tone="3", name=f"{name}.second")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addStretch(1)
        layout.addWidget(self.first)
        layout.addWidget(self.second)
        layout.addStretch(1)

    def show_lines(self, first: str, second: str) -> None:
        self.first.setText(first)
        self.second.setText(second)


class PersonButton(QPushButton):
    """Who is at the till; a press lets somebody else take over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header.person")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._picture = IconLabel("user", px=22, colour="text-2")
        self._lines = TwoLines("header.person")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._picture)
        self._row.addWidget(self._lines)
        for part in (self._picture, self._lines):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self.setFixedHeight(theme.px(48))
        self.setProperty("ring-radius", theme.px(10))
        self._row.setContentsMargins(theme.px(4), 0, theme.px(4), 0)
        self._row.setSpacing(theme.px(10))
        self.updateGeometry()

    def show_person(self, person: Person | None) -> None:
        self.setVisible(person is not None)
        if person is not None:
            from cashier.ui.office_texts import role_text

            role = role_text(person.role).lower()
            self._lines.show_lines(person.name, role)
            self.setAccessibleName(
                self.tr("At the till: {0}, {1}. Change the cashier").format(person.name, role)
            )

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(min(self._row.totalSizeHint().width(), theme.px(_WIDEST_NAME)), theme.px(48))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.underMouse() or self.isDown():
            theme = current_theme()
            painter = QPainter(self)
            fill = theme.color("surface-3")
            draw_rounded(painter, self.rect(), radius=theme.px(10), fill=fill)


class Header(QFrame):
    """Emits `terminal_clicked`, `person_clicked`, and `payment_chosen` with a payment's id."""

    terminal_clicked = Signal()
    person_clicked = Signal()
    payment_chosen = Signal(str)

    def __init__(self, *, clock: Clock, training: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self._clock = clock
        self._training = training
        self._view: TillView | None = None
        self._waiting: tuple[PaymentView, ...] = ()
        self._is_locked = False
        self.terminal = TerminalButton()
        self.terminal.clicked.connect(self.terminal_clicked)
        self.chip = Chip()
        self.chip.chosen.connect(self.payment_chosen)
        self._shift = TwoLines("header.shift")
        self._health_icon = IconLabel("wifi", px=22, colour="text-2")
        self._health = TwoLines("header.health")
        self.person = PersonButton()
        self.person.clicked.connect(self.person_clicked)
        self._rules = (Rule(upright=True), Rule(upright=True))
        self._time = Label(role=Role.CLOCK, name="header.clock")
        self._layout = QHBoxLayout(self)
        for left in (self.terminal, self._shift, self.chip):
            self._layout.addWidget(left)
        self._layout.addStretch(1)
        first, second = self._rules
        for right in (self._health_icon, self._health, first, self.person, second, self._time):
            self._layout.addWidget(right)
        for empty in (self.terminal, self._health_icon, self.person, *self._rules):
            empty.hide()  # until there is something to say
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        narrow = room_of(self) is Room.NARROW
        self.setFixedHeight(theme.px(56) if narrow and not theme.touch else theme.height("header"))
        side = theme.px(12 if narrow else 16)
        self._layout.setContentsMargins(side, 0, theme.px(20), 0)
        self._layout.setSpacing(theme.px(16 if narrow else 20))
        for rule in self._rules:
            rule.setFixedHeight(theme.px(32))

    def show_view(
        self, view: TillView, *, waiting: tuple[PaymentView, ...], is_locked: bool
    ) -> None:
        """`waiting`: payments that are not on screen. `is_locked`: the terminal cannot change."""
        for known in (self.terminal, self._health_icon, self._rules[1]):
            known.show()
        self._view = view
        self._waiting = waiting
        self._is_locked = is_locked
        self.repaint_all()

    def tick(self) -> None:
        """Repaint what only time changes."""
        self._show_time()
        self._show_health()
        self._show_chip()

    def repaint_all(self) -> None:
        """Show everything again, after a change of the view or of the language."""
        view = self._view
        self.terminal.show_terminal(view.terminal if view else None, is_locked=self._is_locked)
        person = view.person if view else None
        self.person.show_person(person)
        self._rules[0].setVisible(person is not None)
        shift = view.shift if view else None
        if shift is None:
            self._shift.show_lines(self.tr("No shift"), self.tr("opens with the first sale"))
        else:
            opened = formats.clock(shift.opened_at.astimezone())
            self._shift.show_lines(
                self.tr("Shift {0}").format(shift.number), self.tr("opened at {0}").format(opened)
            )
        self.tick()

    def _show_time(self) -> None:
        self._time.setText(formats.clock(self._clock.utc().astimezone()))

    def _show_health(self) -> None:
        if self._view is None:
            return
        from cashier.domain.payment import PaymentState
        from cashier.ui.health_texts import health_lines

        polling = any(one.payment.state is PaymentState.OPEN for one in self._view.payments)
        lines = health_lines(
            self._view.health, self._clock.monotonic(), training=self._training, polling=polling
        )
        colour = "text-2" if lines.tone is Tone.MUTE else lines.tone.text
        self._health_icon.show_icon(lines.icon, colour=colour)
        is_trouble = lines.tone in (Tone.WARN, Tone.BAD)
        self._health.first.set_tone(lines.tone if is_trouble else None)
        self._health.show_lines(lines.first, lines.second)

    def _show_chip(self) -> None:
        # At 1024 px there is no room for both, and what waits for money comes first.
        self._shift.setVisible(not self._waiting or room_of(self) is not Room.NARROW)
        self.chip.show_payments(self._waiting, now=self._clock.monotonic(), bar=self._layout)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.repaint_all()

"""The line above the lock: which till, how the gateway is, why it is locked, what time it is."""

from __future__ import annotations

from datetime import datetime
from enum import Enum, auto

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cashier.clock import Clock
from cashier.domain.payment import PaymentState
from cashier.services.views import TillView
from cashier.ui import formats
from cashier.ui.frame.chip import Chip
from cashier.ui.frame.header import TwoLines
from cashier.ui.health_texts import health_lines
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.card import Rule
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.tone import Tone

_NARROW = 1180


class Why(Enum):
    """Why nobody is at the till."""

    START = auto()
    BY_HAND = auto()
    IDLE = auto()


class LockHeader(QFrame):
    """Nothing in it can be pressed. `tick` repaints what only time changes."""

    def __init__(self, *, clock: Clock, training: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._clock = clock
        self._training = training
        self._view: TillView | None = None
        self._mark = IconLabel(
            "qr-code", px=20, colour="surface", disc=36, disc_colour="text", radius=10
        )
        self._till = TwoLines("lock.terminal")
        self._shift = TwoLines("lock.shift")
        self.chip = Chip()
        self.chip.setObjectName("lock.chip")
        self.chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.chip.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._health_icon = IconLabel("wifi", px=22)
        self._health = TwoLines("lock.health")
        self._why_icon = IconLabel("lock", px=22)
        self._why = TwoLines("lock.why")
        self._time = Label(role=Role.CLOCK, name="lock.clock")
        self._rules = (Rule(upright=True), Rule(upright=True))
        self._row = QHBoxLayout()
        for left in (self._mark, self._till, self._shift, self.chip):
            self._row.addWidget(left)
        self._row.addStretch(1)
        for right in (
            self._health_icon,
            self._health,
            self._rules[0],
            self._why_icon,
            self._why,
            self._rules[1],
            self._time,
        ):
            self._row.addWidget(right)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row, 1)
        column.addWidget(Rule())
        self._reason: tuple[Why, datetime | None] = (Why.START, None)
        self.show_why(*self._reason)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        narrow = self.width() < theme.px(_NARROW)
        self.setFixedHeight(theme.px(56) if narrow and not theme.touch else theme.height("header"))
        self._row.setContentsMargins(theme.px(20), 0, theme.px(20), 0)
        self._row.setSpacing(theme.px(12 if narrow else 18))
        self._shift.setVisible(not narrow or not self.chip.isVisibleTo(self))
        for rule in self._rules:
            rule.setFixedHeight(theme.px(32))

    def show_view(self, view: TillView) -> None:
        self._view = view
        self.tick()

    def show_why(self, why: Why, at: datetime | None) -> None:
        """Why nobody is at the till, and since when (UTC)."""
        self._reason = (why, at)
        moment = formats.clock(at.astimezone()) if at else ""
        first, second = self.tr("The till is locked"), self.tr("at {0}").format(moment)
        if why is Why.IDLE:
            second = self.tr("at {0}, 2 minutes without a key").format(moment)
        self._why.show_lines(first, second if at else "")
        for part in (self._why_icon, self._why, self._rules[1]):
            part.setVisible(why is not Why.START)

    def tick(self) -> None:
        self._time.setText(formats.clock(self._clock.utc().astimezone()))
        view = self._view
        if view is None:
            return
        terminal, shift = view.terminal, view.shift
        if terminal is None:
            self._till.show_lines(self.tr("No terminal"), "")
        else:
            key = terminal.info.alias or terminal.info.id[:8]
            self._till.show_lines(terminal.name, self.tr("terminal {0}").format(key))
        if shift is None:
            self._shift.show_lines(self.tr("No shift"), self.tr("opens with the first sale"))
        else:
            opened = formats.clock(shift.opened_at.astimezone())
            self._shift.show_lines(
                self.tr("Shift {0}").format(shift.number), self.tr("opened at {0}").format(opened)
            )
        now = self._clock.monotonic()
        self.chip.show_payments(view.payments, now=now, bar=self._row, has_sum=False)
        self._show_health(view)

    def _show_health(self, view: TillView) -> None:
        polling = any(one.payment.state is PaymentState.OPEN for one in view.payments)
        lines = health_lines(
            view.health, self._clock.monotonic(), training=self._training, polling=polling
        )
        colour = "text-2" if lines.tone is Tone.MUTE else lines.tone.text
        self._health_icon.show_icon(lines.icon, colour=colour)
        self._health.show_lines(lines.first, lines.second)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_why(*self._reason)
            self.tick()

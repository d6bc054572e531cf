"""The cards of what waits for a decision (picture 14)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cashier.ui.office_texts import role_text
from cashier.ui.pages.history.look import waited_text
from cashier.ui.pages.history.tasks import Task, amount_text, task_head, task_look, task_text
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.badge import Badge
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.shape import draw_rounded


class TaskCard(QAbstractButton):
    """One task; checked while its details are beside it."""

    def __init__(self, task: Task, now: datetime) -> None:
        super().__init__()
        self.task = task
        self.setObjectName(f"history.task.{task.key}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._badge = Badge(name="history.task.status")
        self._title = Label(role=Role.STRONG, name="history.task.title")
        self._line = Label(role=Role.SMALL, tone="2", elide=True, name="history.task.line")
        right = Qt.AlignmentFlag.AlignRight
        self._amount = Label(role=Role.STRONG, align=right, name="history.task.amount")
        self._text = Label(role=Role.BODY, tone="2", wrap=True, name="history.task.text")
        self._wait = Label(role=Role.SMALL, tone="2", align=right, name="history.task.wait")
        self._who = Label(role=Role.SMALL, tone="2", align=right, name="history.task.who")
        self._arrange()
        self.show_task(task, now)
        self.toggled.connect(self.update)
        follow_theme(self.restyle)

    def _arrange(self) -> None:
        self._top = QHBoxLayout()
        self._top.addWidget(self._badge)
        self._top.addWidget(self._title)
        self._top.addWidget(self._line, 1)
        self._top.addWidget(self._amount)
        facts = QVBoxLayout()
        facts.setSpacing(2)
        for icon, label in (("clock", self._wait), ("user", self._who)):
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(IconLabel(icon, px=16))
            row.addWidget(label)
            facts.addLayout(row)
        facts.addStretch(1)
        self._bottom = QHBoxLayout()
        self._bottom.addWidget(self._text, 1, Qt.AlignmentFlag.AlignTop)
        self._bottom.addLayout(facts)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._top)
        self._layout.addLayout(self._bottom)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def restyle(self, theme: Theme) -> None:
        self._layout.setContentsMargins(*(theme.px(edge) for edge in (18, 14, 18, 14)))
        self._layout.setSpacing(theme.px(6))
        self._top.setSpacing(theme.px(12))
        self._bottom.setSpacing(theme.px(24))
        self.updateGeometry()

    def show_task(self, task: Task, now: datetime) -> None:
        self.task = task
        look = task_look(task)
        self._badge.show_state(look.text, tone=look.tone, icon=look.icon)
        title, line = task_head(task)
        self._title.setText(title)
        self._line.setText(line)
        self._amount.setText(amount_text(task))
        self._text.setText(task_text(task, now))
        waited = waited_text((now - task.since).total_seconds())
        self._wait.setText(self.tr("waits {0}").format(waited))
        self._who.setText(role_text(task.decides).lower())
        words = (look.text, title, amount_text(task), self._wait.text())
        self.setAccessibleName(", ".join(word for word in words if word))
        self.setAccessibleDescription(self._text.text())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(self._layout.totalHeightForWidth(width), current_theme().px(96))

    def sizeHint(self) -> QSize:
        width = self._layout.totalSizeHint().width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(240), current_theme().px(96))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Arrows belong to the list; Enter and Space must not press anything twice.
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        fill = "accent-soft" if self.isChecked() else "surface-2" if self.underMouse() else ""
        if fill:
            painter.fillRect(self.rect(), theme.color(fill))
        if self.isChecked():
            painter.fillRect(0, 0, theme.px(4), self.height(), theme.color("accent"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))


class TaskList(QFrame):
    """`chosen` with the Task whose card is checked now, or None."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history.tasks")
        self._tasks: tuple[Task, ...] = ()
        self._now: datetime | None = None
        self._cards: list[TaskCard] = []
        self._column_box = QWidget()
        self._column = QVBoxLayout(self._column_box)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._column_box)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._area)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setContentsMargins(1, theme.px(8), 1, theme.px(8))
        self.update()

    @property
    def tasks(self) -> tuple[Task, ...]:
        return self._tasks

    def current(self) -> Task | None:
        """The task whose card is checked."""
        return next((card.task for card in self._cards if card.isChecked()), None)

    def show_tasks(self, tasks: Sequence[Task], now: datetime) -> None:
        """All cards again, only made anew when there are others than before."""
        wanted = tuple(tasks)
        before = self.current()
        same = [task.key for task in wanted] == [card.task.key for card in self._cards]
        self._tasks, self._now = wanted, now
        if same:
            for card, task in zip(self._cards, wanted, strict=True):
                card.show_task(task, now)
        else:
            self._build(wanted, now)
            keys = [task.key for task in wanted]
            at = keys.index(before.key) if before is not None and before.key in keys else 0
            self.choose(at)
        after = self.current()
        if after != before:
            self.chosen.emit(after)

    def _build(self, tasks: tuple[Task, ...], now: datetime) -> None:
        for card in self._cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [TaskCard(task, now) for task in tasks]
        for place, card in enumerate(self._cards):
            self._column.insertWidget(place, card)
            card.clicked.connect(self._tell)

    def choose(self, at: int) -> None:
        """Check the card at that place and bring it into sight, without telling."""
        if 0 <= at < len(self._cards):
            self._cards[at].setChecked(True)
            self._area.ensureWidgetVisible(self._cards[at], 0, 0)

    def move_choice(self, steps: int) -> None:
        at = next((n for n, card in enumerate(self._cards) if card.isChecked()), 0)
        wanted = min(max(at + steps, 0), len(self._cards) - 1)
        if wanted != at:
            self.choose(wanted)
            self._tell()

    def _tell(self) -> None:
        self.chosen.emit(self.current())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        draw_rounded(
            QPainter(self),
            self.rect(),
            radius=theme.px(12),
            fill=theme.color("surface"),
            border=theme.color("line"),
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._now is not None:
            for card in self._cards:
                card.show_task(card.task, self._now)

"""The row of filters over the list, with the number of what they leave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cashier.clock import Clock
from cashier.domain.staff import Person
from cashier.domain.terminal import Terminal
from cashier.services.history import COUNT_CAP
from cashier.ui import formats
from cashier.ui.pages.history.filter_box import FilterBox
from cashier.ui.pages.history.filter_dialogs import PeriodDialog, SumDialog
from cashier.ui.pages.history.filters import Filters, Period, Status
from cashier.ui.texts import money_text
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.label import Label, Role

_OWN_SUM = "own"


class FilterRow(QWidget):
    """`changed` when a person has set a filter; `left` by Esc in one of them;
    `everything_wanted` by the button that takes the filter of tasks off."""

    changed = Signal()
    left = Signal()
    everything_wanted = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._filters = Filters()
        self._terminals: tuple[Terminal, ...] = ()
        self._people: tuple[Person, ...] = ()
        self._tills: tuple[str, ...] = ()
        self._count: tuple[int | None, bool] = (None, False)
        self._period = FilterBox(name="history.period", always=True)
        self._status = FilterBox(name="history.status")
        self._terminal = FilterBox(name="history.terminal")
        self._till = FilterBox(name="history.till")
        self._cashier = FilterBox(name="history.cashier")
        self._sum = FilterBox(name="history.sum")
        self._boxes = (
            self._period,
            self._status,
            self._terminal,
            self._till,
            self._cashier,
            self._sum,
        )
        self._label = Label(
            role=Role.BODY, tone="2", name="history.count", align=Qt.AlignmentFlag.AlignRight
        )
        self._everything = Button("", name="history.everything", size=Size.SM, keycap="Esc")
        for one in (*self._boxes, self._everything, self._label):
            one.setParent(self)
        self._everything.clicked.connect(self.everything_wanted)
        for box in self._boxes:
            box.left.connect(self.left)
        self._period.chosen.connect(self._set_period)
        self._status.chosen.connect(lambda value: self._set(status=value))
        self._terminal.chosen.connect(lambda value: self._set(terminal_id=value))
        self._till.chosen.connect(lambda value: self._set(till=value))
        self._cashier.chosen.connect(lambda value: self._set(cashier=value))
        self._sum.chosen.connect(self._set_sum)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.retranslate()
        follow_theme(self.restyle)

    # What is set

    @property
    def filters(self) -> Filters:
        return self._filters

    def set_filters(self, filters: Filters) -> None:
        """Show filters that came from elsewhere, without telling."""
        self._filters = filters
        self._show_values()

    def offer(
        self,
        *,
        terminals: Iterable[Terminal] | None = None,
        people: Iterable[Person] | None = None,
        tills: Iterable[str] | None = None,
    ) -> None:
        """What the lists offer. A filter that could leave out nothing is not shown."""
        known = (self._terminals, self._people, self._tills)
        self._terminals = self._terminals if terminals is None else tuple(terminals)
        self._people = self._people if people is None else tuple(people)
        self._tills = self._tills if tills is None else tuple(sorted(tills))
        if known != (self._terminals, self._people, self._tills):
            self.retranslate()

    def show_count(self, count: int | None, *, are_tasks: bool = False) -> None:
        self._count = (count, are_tasks)
        self._show_count()

    def open_first(self) -> None:
        """F4: the first list opens; Tab goes on to the next filter."""
        self._period.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._period.showPopup()

    def _set(self, **changes: object) -> None:
        self._filters = replace(self._filters, **changes)  # type: ignore[arg-type]  # the boxes hold values of their own fields
        self._show_values()
        self.changed.emit()

    def _set_period(self, value: object) -> None:
        if value is not Period.OWN:
            self._set(period=value, own=None)
            return
        today = self._clock.utc().astimezone().date()
        dialog = PeriodDialog(self.window(), today=today, own=self._filters.own)
        dialog.chosen.connect(lambda days: self._set(period=Period.OWN, own=days))
        dialog.dismissed.connect(self._show_values)
        dialog.open()

    def _set_sum(self, value: object) -> None:
        if value != _OWN_SUM:
            self._set(amount=None)
            return
        dialog = SumDialog(self.window(), amount=self._filters.amount)
        dialog.chosen.connect(lambda amount: self._set(amount=amount, text=""))
        dialog.dismissed.connect(self._show_values)
        dialog.open()

    # What is shown

    def retranslate(self) -> None:
        everyone = self.tr("All", "filter")
        self._period.show_items(
            self.tr("Period"),
            [
                (self.tr("Today"), Period.TODAY),
                (self.tr("Yesterday"), Period.YESTERDAY),
                (self.tr("7 days"), Period.WEEK),
                (self.tr("30 days"), Period.MONTH),
                (self.tr("All days"), Period.ALL),
                (self.tr("Own dates…"), Period.OWN),
            ],
            self._filters.period,
        )
        self._status.show_items(
            self.tr("Status"),
            [
                (everyone, Status.ANY),
                (self.tr("Need a decision"), Status.TASKS),
                (self.tr("Waiting"), Status.WAITING),
                (self.tr("Paid"), Status.PAID),
                (self.tr("Declined"), Status.DECLINED),
                (self.tr("Cancelled"), Status.CANCELLED),
                (self.tr("Outcome unknown"), Status.UNKNOWN),
                (self.tr("Paid after cancel"), Status.LATE),
                (self.tr("Mismatch"), Status.MISMATCH),
            ],
            self._filters.status,
        )
        terminals = [(one.name, one.info.id) for one in self._terminals]
        self._terminal.show_items(
            self.tr("Terminal"), [(everyone, ""), *terminals], self._filters.terminal_id
        )
        tills = [(name, name) for name in self._tills]
        self._till.show_items(self.tr("Till"), [(everyone, ""), *tills], self._filters.till)
        people = [(one.name, one.id) for one in self._people]
        self._cashier.show_items(
            self.tr("Cashier"), [(everyone, ""), *people], self._filters.cashier
        )
        self._sum.show_items(
            self.tr("Sum"),
            [(self.tr("Any", "filter"), ""), (self.tr("One sum…"), _OWN_SUM)],
            "",
        )
        self._everything.setText(self.tr("All payments"))
        self._show_values()
        self._show_count()

    def _show_values(self) -> None:
        filters = self._filters
        own = ""
        if filters.period is Period.OWN and filters.own is not None:
            language = current_language()
            first, last = (formats.date(language, day) for day in filters.own)
            own = first if first == last else f"{first} – {last}"
        self._period.set_value(filters.period, shown=own)
        self._status.set_value(filters.status)
        self._terminal.set_value(filters.terminal_id)
        self._till.set_value(filters.till)
        self._cashier.set_value(filters.cashier)
        amount = filters.amount
        self._sum.set_value(
            "" if amount is None else _OWN_SUM, shown="" if amount is None else money_text(amount)
        )
        self._lay_out()

    def _show_count(self) -> None:
        count, are_tasks = self._count
        if count is None:
            text = ""
        elif are_tasks:
            text = self.tr("%n tasks", None, count)
        elif count > COUNT_CAP:
            text = self.tr("{0}+ payments").format(formats.count(current_language(), COUNT_CAP))
        else:
            text = self.tr("%n payments", None, count)
        self._label.setText(text)
        self._lay_out()

    # Where it stands

    def restyle(self, theme: Theme) -> None:
        self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._period.height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        _, places = self._places(width)
        return max((place.bottom() + 1 for place in places.values()), default=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _shown_boxes(self) -> list[FilterBox]:
        are_tasks = self._filters.status is Status.TASKS
        useless = {
            self._terminal: len(self._terminals) < 2 and not self._filters.terminal_id,
            self._till: len(self._tills) < 2 and not self._filters.till,
            self._cashier: len(self._people) < 2 and not self._filters.cashier,
        }
        if are_tasks:
            return [self._status]
        return [box for box in self._boxes if not useless.get(box, False)]

    def _lay_out(self) -> None:
        compact, places = self._places(self.width())
        for box in self._boxes:
            box.set_compact(compact)
        for part in (*self._boxes, self._everything, self._label):
            part.setVisible(part in places)
        for widget, place in places.items():
            widget.setGeometry(place)
        self.updateGeometry()

    def _places(self, width: int) -> tuple[bool, dict[QWidget, QRect]]:
        """Side by side; words are left out, then a second row is begun, where there is no room."""
        theme = current_theme()
        gap, height = theme.px(10), self._period.height()
        boxes = self._shown_boxes()
        label = self._label.sizeHint() if self._label.text() else QSize()
        count = label.width() + gap if self._label.text() else 0
        wide = sum(box.width_for(compact=False) + gap for box in boxes)
        compact = wide + count > width
        parts: list[tuple[QWidget, QSize]] = [
            (box, QSize(box.width_for(compact=compact), height)) for box in boxes
        ]
        if self._filters.status is Status.TASKS:
            parts.append((self._everything, self._everything.sizeHint()))
        places: dict[QWidget, QRect] = {}
        left = top = 0
        for widget, size in parts:
            if left and left + size.width() > width:
                left, top = 0, top + height + theme.px(8)
            upper = top + (height - size.height()) // 2
            places[widget] = QRect(left, upper, size.width(), size.height())
            left += size.width() + gap
        if count:
            if left and left + count > width:
                top += height + theme.px(4)
                height = label.height()
            upper = top + (height - label.height()) // 2
            places[self._label] = QRect(width - label.width(), upper, label.width(), label.height())
        return compact, places

"""For the tests of the shift page: a real till with a day in its journal, and the page shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from cashier.domain.payment import PaymentState
from cashier.domain.refund import RefundState
from cashier.domain.staff import Role
from cashier.ui.pages.shift import ShiftPage
from cashier.ui.widgets.button import Button
from tests.ui.history_stand import CASHIER_PIN, OTHER_PIN, HistoryDay
from tests.ui.payment_kit import FrameStandIn

T = TypeVar("T", bound=QWidget)

TERMINALS = ("Касса 2 · Зал", "Кофейня", "Доставка")


def busy_day(day: HistoryDay) -> None:
    """A day like picture 08's: three terminals, a refund, a refusal, something cancelled."""
    first = day.payment("48912.65", "05:58", terminal=TERMINALS[0])
    day.payment("11847.00", "07:12", terminal=TERMINALS[1])
    day.payment("9430.40", "09:40", terminal=TERMINALS[2])
    day.payment("874.30", "10:17", state=PaymentState.FAILED, terminal=TERMINALS[0])
    day.payment("219.90", "10:20", state=PaymentState.CLOSED, terminal=TERMINALS[1])
    day.payment("3702.00", "14:05", terminal=TERMINALS[0])
    day.refund(first, "2128.80", state=RefundState.SUCCEEDED)


class ShiftStand:
    """The page in its frame, and short words for what tests do with it."""

    def __init__(self, day: HistoryDay, frame: FrameStandIn) -> None:
        self.day, self.frame = day, frame
        self.page = cast(ShiftPage, frame.page)
        self.problems: list[Any] = []
        self.parked: list[bool] = []
        self.page.problem_raised.connect(self.problems.append)
        self.page.parked_requested.connect(lambda: self.parked.append(True))

    def enter(self) -> None:
        self.refresh()
        self.frame.show()
        self.frame.activateWindow()
        self.until(self.frame.isActiveWindow)
        self.page.entered()

    def shown(self) -> None:
        """Become the visible page and wait for the report."""
        self.enter()
        self.until(lambda: self.has("shift.title"))

    def refresh(self) -> None:
        """What the till has to say, as the frame brings it."""
        self.day.background.call(self.day.till.start)
        self.page.show_view(self._view())

    def _view(self) -> Any:
        from dataclasses import replace

        async def look() -> Any:
            shift = await self.day.journal.read(lambda reader: reader.open_shift())
            return replace(self.day.till.view(), shift=shift)

        return self.day.background.call(look)

    def until(self, is_so: Callable[[], bool], *, seconds: float = 10.0) -> None:
        left = int(seconds * 1000)
        while not is_so():
            assert left > 0, "it never came"
            QTest.qWait(10)
            left -= 10

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.page, key)

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.page, text)

    def find(self, name: str) -> QWidget:
        found = [one for one in self.frame.findChildren(QWidget, name) if one.isVisible()]
        assert len(found) == 1, f"{name}: {len(found)}"
        return found[0]

    def has(self, name: str) -> bool:
        return any(one.isVisible() for one in self.frame.findChildren(QWidget, name))

    def text(self, name: str) -> str:
        found: Any = self.find(name)
        return str(found.text()).replace("\u202f", " ").replace("\u00a0", " ")

    def button(self, name: str) -> Button:
        found = self.find(name)
        assert isinstance(found, Button)
        return found

    def dialog_lines(self) -> list[str]:
        """Every text in the open report."""
        labels = self.find("shift.dialog").findChildren(QLabel)
        texts = [one.text().replace("\u202f", " ").replace("\u00a0", " ") for one in labels]
        return [one for one in texts if one]

    def give_pin(self, role: Role) -> None:
        """Choose who approves, type the PIN at a person's pace, press Enter."""
        self.until(lambda: self.has("pin.entry"))
        who: Any = self.find("pin.person")
        name = self.day.people[role].name
        who.setCurrentIndex(next(at for at in range(who.count()) if name in who.itemText(at)))
        for digit in CASHIER_PIN if role is Role.CASHIER else OTHER_PIN:
            QTest.qWait(60)
            self.press(Qt.Key(ord(digit)))
        QTest.qWait(60)
        self.press(Qt.Key.Key_Return)
        self.until(lambda: not self.has("pin.entry"))


@contextmanager
def shift_page(
    day: HistoryDay, *, training: bool = False, width: int = 1366, height: int = 768
) -> Iterator[ShiftStand]:
    """The page in a frame of the window's size; not shown yet."""
    page = ShiftPage(
        till=day.till, background=day.background, clock=day.clock, training=training, shop="Зерно"
    )
    frame = FrameStandIn(cast(Any, page), day.background, width, height)
    try:
        yield ShiftStand(day, frame)
    finally:
        frame.close()
        frame.deleteLater()

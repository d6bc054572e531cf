"""Pictures of the history, to be looked at: `python -m tests.ui.look_history FOLDER [WORDS]`."""

from __future__ import annotations

import gc
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cashier.domain.payment import PaymentState
from cashier.domain.refund import RefundState
from cashier.ui.pages.history import HistoryPage
from cashier.ui.theme import ThemeName
from tests.ui.history_stand import HistoryDay, history_day, history_page
from tests.ui.look_setup import SIZES, Camera
from tests.ui.payment_kit import FrameStandIn

MIR = "220012******4417"


def make_day(day: HistoryDay) -> None:
    """The payments of picture 06 and the tasks of picture 14."""
    delayed = day.payment("3450.00", "11:05", days_ago=1)
    day.refund(delayed, "3450.00", state=RefundState.ACCEPTED, ago=timedelta(hours=27))
    day.payment("245.00", "11:40", terminal="Кофейня")
    part = day.payment(
        "3095.67",
        "11:47",
        method="card",
        account="220012******7705",
        names=("Кофе в зёрнах «Бразилия», 1 кг", "Сыр «Российский» 50 %", "Пакет-майка большой"),
    )
    day.refund(part, "419.80")
    unknown = day.payment("2140.00", "12:05", method="card", account="220012******2231")
    day.refund(unknown, "1290.00", state=RefundState.UNKNOWN, ago=timedelta(minutes=26))
    day.payment("453.00", "13:58")
    day.payment("219.90", "14:02", state=PaymentState.CLOSED, terminal="Кофейня")
    day.payment("1524.00", "14:11", state=PaymentState.LATE_PAID, terminal="Доставка", took=1194)
    day.payment("874.30", "14:17", state=PaymentState.FAILED, method="card", account=MIR)
    day.payment("295.00", "14:21", terminal="Кофейня")
    day.payment("1182.50", "14:26", state=PaymentState.UNKNOWN)
    day.payment("640.00", "14:29", method="card", account=MIR)
    day.payment("2376.01", "14:32")
    day.payment("890.00", "14:40", state=PaymentState.QUARANTINE, mismatch=("amount",))
    day.payment("310.00", "14:50", state=PaymentState.OPEN)
    day.start()


class HistoryLook:
    """One page, photographed in its states."""

    def __init__(self, camera: Camera, day: HistoryDay, frame: FrameStandIn) -> None:
        self.camera, self.day, self.frame = camera, day, frame
        page: object = frame.page
        if not isinstance(page, HistoryPage):
            raise TypeError(page)
        self.page = page

    def shoot(self, name: str, *, full: bool = True) -> None:
        themes = (ThemeName.LIGHT, ThemeName.DARK) if full else (ThemeName.LIGHT,)
        for language in ("ru", "en") if full else ("ru",):
            self.camera._speak(language)
            for theme in themes:
                self.camera._theme.choose(theme)
                for width, height in SIZES:
                    self.frame.fit(width, height)
                    self.camera.settle(seconds=0.15)
                    file = f"{name}-{width}-{theme}-{language}.png"
                    self.frame.grab().save(str(self.camera._folder / file))
        self.camera._theme.choose(ThemeName.LIGHT)
        self.camera._speak("ru")
        self.frame.fit(*SIZES[0])

    def press(self, key: Qt.Key, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(QApplication.focusWidget() or self.page, key)
        self.camera.settle(seconds=0.3)

    def walk(self) -> None:
        self.page.show_view(self.day.view())
        self.frame.show()
        QTest.qWaitForWindowActive(self.frame)
        self.page.entered()
        self.camera.settle(seconds=0.6)
        self.shoot("06-open", full=False)
        self.press(Qt.Key.Key_Down, 10)
        self.shoot("06")
        self.press(Qt.Key.Key_Return)
        self.shoot("06-receipt", full=False)
        self.press(Qt.Key.Key_Escape)
        self.press(Qt.Key.Key_Up, 3)
        self.shoot("06-late", full=False)
        self.press(Qt.Key.Key_F12)
        self.shoot("06-decide", full=False)
        self.press(Qt.Key.Key_Escape)
        self.page.show_tasks()
        self.camera.settle(seconds=0.5)
        self.press(Qt.Key.Key_Down, 2)
        self.shoot("14")
        self.press(Qt.Key.Key_Escape)
        self.press(Qt.Key.Key_F6)
        self.shoot("06-adopt", full=False)
        self.press(Qt.Key.Key_Escape)
        self.page.focus_main()
        QTest.keyClicks(QApplication.focusWidget() or self.page, "777-777")
        self.camera.settle(seconds=0.8)
        self.shoot("06-nothing", full=False)


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    words = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    application = QApplication(sys.argv[:1])
    camera = Camera(application, folder, words)
    camera._speak("ru")
    gc.disable()  # a collection on the journal's thread would take widgets apart there
    with (
        tempfile.TemporaryDirectory() as journal,
        history_day(Path(journal)) as day,
    ):
        make_day(day)
        with history_page(day) as frame:
            HistoryLook(camera, day, frame).walk()


if __name__ == "__main__":
    main()

"""Pictures of the shift, to be looked at: `python -m tests.ui.look_shift FOLDER [WORDS]`."""

from __future__ import annotations

import gc
import sys
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cashier.domain.money import Money
from cashier.domain.payment import PaymentState
from cashier.domain.refund import RefundState
from cashier.domain.staff import Role
from cashier.services.reconciling import Difference, Progress, Reconciliation
from cashier.ui.theme import ThemeName
from tests.ui.history_stand import TODAY, HistoryDay, history_day
from tests.ui.look_setup import SIZES, Camera
from tests.ui.payment_kit import FrameStandIn
from tests.ui.shift_stand import TERMINALS, ShiftStand, shift_page

_HOURS = (2.1, 4.0, 5.1, 6.9, 8.4, 5.8, 4.3, 4.9, 7.0, 9.9, 8.0, 3.7)


def make_day(day: HistoryDay) -> None:
    """The figures of picture 08, as near as few payments come to them."""
    for hour, thousands in enumerate(_HOURS):
        payment = day.payment(
            f"{thousands * 1000:.2f}", f"{hour + 1:02d}:10", terminal=TERMINALS[hour % 3]
        )
        if hour in (3, 7):
            day.refund(payment, "1128.80", ago=timedelta(minutes=5))
    day.payment("874.30", "12:17", state=PaymentState.FAILED, terminal=TERMINALS[0])
    day.payment("219.90", "12:20", state=PaymentState.CLOSED, terminal=TERMINALS[1])


class ShiftLook:
    """One page, photographed in its states."""

    def __init__(self, camera: Camera, folder: Path, stand: ShiftStand) -> None:
        self.camera, self.folder, self.stand = camera, folder, stand

    def shoot(self, name: str) -> None:
        frame: FrameStandIn = self.stand.frame
        for language in ("ru", "en"):
            self.camera._speak(language)
            for theme in (ThemeName.LIGHT, ThemeName.DARK):
                if theme is ThemeName.DARK and language == "en":
                    continue
                self.camera._theme.choose(theme)
                for width, height in SIZES:
                    frame.fit(width, height)
                    self.camera.settle()
                    frame.grab().save(str(self.folder / f"{name}-{width}-{theme}-{language}.png"))
        self.camera._theme.choose(ThemeName.LIGHT)
        self.camera._speak("ru")


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    words = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    application = QApplication(sys.argv[:1])
    camera = Camera(application, folder, words)
    camera._speak("ru")
    gc.disable()
    with (
        tempfile.TemporaryDirectory() as place,
        history_day(Path(place)) as day,
        shift_page(day) as stand,
    ):
        pictures(ShiftLook(camera, folder, stand), day, stand)
    gc.enable()


def pictures(look: ShiftLook, day: HistoryDay, stand: ShiftStand) -> None:
    """Empty, the day, the check in its states, the dialogs."""
    stand.enter()
    stand.until(lambda: stand.has("shift.open"))
    look.shoot("closed")
    make_day(day)
    day.clock.now = TODAY + timedelta(hours=12, minutes=59)
    stand.refresh()
    stand.page.entered()
    stand.until(lambda: stand.has("shift.title"))
    look.shoot("08-before")
    card = stand.page.side.card
    card.show_progress(Progress(74, 128))
    look.shoot("08-checking")
    clean = Reconciliation(day.clock.utc(), 125, 3, 0, ())
    card.show_result(clean)
    stand.page.retranslate()
    look.shoot("08")
    found = (
        Difference("187-041", Money.of("980.00"), PaymentState.CLOSED, "successful"),
        Difference("7K2M9QXD", Money.of("1290.00"), RefundState.UNKNOWN, ""),
    )
    card.show_result(replace(clean, differences=found))
    look.shoot("08-differs")
    day.payment("310.00", "12:50", state=PaymentState.OPEN)
    day.payment("1182.50", "12:26", state=PaymentState.UNKNOWN)
    late = day.payment("2140.00", "12:05")
    day.refund(late, "1290.00", state=RefundState.UNKNOWN, ago=timedelta(minutes=26))
    day.clock.now = TODAY + timedelta(hours=26)
    stand.page.entered()
    stand.until(lambda: stand.has("shift.too_long"))
    look.shoot("08-trouble")
    stand.press(Qt.Key.Key_F8)
    stand.until(lambda: stand.has("shift.dialog"))
    look.shoot("x-report")
    stand.press(Qt.Key.Key_Escape)
    stand.press(Qt.Key.Key_F12)
    stand.until(lambda: stand.has("shift.closing"))
    look.shoot("closing")
    stand.press(Qt.Key.Key_Escape)
    day.sign_in(Role.SENIOR)
    day.background.call(lambda: day.till.shifts.close(hand_over=True))
    stand.page.entered()
    stand.press(Qt.Key.Key_F3)
    stand.until(lambda: stand.has("shift.past"))
    look.shoot("past")
    stand.press(Qt.Key.Key_Return)
    stand.until(lambda: stand.has("shift.dialog"))
    look.shoot("z-report")
    pdf = look.folder / "z.pdf"
    (report,) = day.background.call(day.till.shifts.past)
    stand.page.files.write_pdf(report, pdf)


if __name__ == "__main__":
    main()

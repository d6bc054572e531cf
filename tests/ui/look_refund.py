"""Pictures of the refund screens: `python -m tests.ui.look_refund FOLDER [WORDS] [NAME...]`.

WORDS is a JSON file {context: {source: translation}} that stands in for a missing .qm file.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cashier.domain.money import Money
from cashier.domain.refund import RefundState
from cashier.sandbox.server import SandboxServer
from cashier.services.refund_views import RefundView
from cashier.ui.dialogs.unknown_refund import UnknownRefundDialog
from cashier.ui.dialogs.unknown_refund_way import Ending
from cashier.ui.theme import ThemeController, ThemeName
from cashier.ui.translation import Translation
from tests.ui.look_setup import Words
from tests.ui.refund_kit import Counter, Desk, open_desk

SIZES = ((1366, 768), (1024, 640))
S = RefundState
_STATES: dict[str, dict[str, Any]] = {
    "not-sent": {"state": S.PREPARED},
    "accepted": {"state": S.ACCEPTED, "refund_id": "R6f20d8b51e9c4c37a4e2b"},
    "done": {
        "state": S.SUCCEEDED,
        "refund_id": "R6f20d8b51e9c4c37a4e2b",
        "funds": Money.of("409.00"),
        "bonuses": Money.of("50.00"),
        "account": "220220******7705",
    },
    "recheck": {"state": S.FAIL_SEEN, "status_description": "[2, 51] Not sufficient funds"},
    "declined": {"state": S.FAILED, "status_description": "[2, 51] Not sufficient funds"},
    "refused": {"state": S.REFUSED, "refusal_code": 2, "refusal_text": "Неверная сумма"},
    "unknown": {"state": S.UNKNOWN},
    "found": {"state": S.RESOLVED_EXECUTED, "refund_id": "R6f20d8b51e9c4c37a4e2b"},
    "not-executed": {"state": S.RESOLVED_NOT_EXECUTED},
}


class Camera:
    """Grabs the frame in both sizes, themes and languages."""

    def __init__(self, folder: Path, words: Path | None, application: QApplication) -> None:
        self._folder = folder
        self._application = application
        self._theme = ThemeController(application, name=ThemeName.LIGHT)
        self._translation = Translation(application, language="en")
        self._russian = Words(words, application)

    def shoot(self, counter: Counter, name: str) -> None:
        for language in ("ru", "en"):
            self.speak(language)
            for theme in (ThemeName.LIGHT, ThemeName.DARK):
                if theme is ThemeName.DARK and language == "en":
                    continue
                self._theme.choose(theme)
                for width, height in SIZES:
                    counter.frame.fit(width, height)
                    QTest.qWait(60)
                    file = self._folder / f"{name}-{width}-{theme}-{language}.png"
                    counter.frame.grab().save(str(file))
        self._theme.choose(ThemeName.LIGHT)
        self.speak("ru")

    def speak(self, language: str) -> None:
        self._application.removeTranslator(self._russian)
        self._translation.use(language)
        if language == "ru":
            self._application.installTranslator(self._russian)
        QTest.qWait(30)


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    words = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    wanted = sys.argv[3:]
    application = QApplication(sys.argv[:1])
    camera = Camera(folder, words, application)
    camera.speak("ru")
    gc.disable()

    def shoot(counter: Counter, name: str) -> None:
        if not wanted or name in wanted:
            camera.shoot(counter, name)

    with (
        tempfile.TemporaryDirectory() as place,
        SandboxServer() as server,
        open_desk(Path(place), server) as desk,
    ):
        counter = Counter(desk)
        counter.show()
        shoot(counter, "empty")
        _form(counter, desk, shoot)
        _outcomes(counter, desk, shoot)
        counter.close()
    gc.enable()


def _form(counter: Counter, desk: Desk, shoot: Any) -> None:
    payment = desk.sell()
    desk.refund_lines(payment.id, line2="1", line5="1")
    counter.open(payment)
    shoot(counter, "07-untouched")
    page = counter.page
    grid = page.content.grid
    page.content.grid.stepped.emit(0, 1)
    page.content.grid.stepped.emit(2, 1)
    grid.choose_row(2)
    page.panel.reason.box.setCurrentIndex(0)
    shoot(counter, "07")
    page.submit()
    counter.pin_dialog()
    QTest.qWait(100)
    shoot(counter, "07b")
    from PySide6.QtCore import Qt

    counter.press(Qt.Key.Key_Escape)
    QTest.qWait(50)
    page.panel.reason.set_text("Покупатель вернул кружку: скол на крышке, в чеке две штуки кофе")
    page.switch_way()
    page.content.sum.field.set_text("1250,00")
    page.content.sum.edited.emit("1250,00")
    shoot(counter, "07c")
    page.content.sum.edited.emit("9250,00")
    page.content.sum.field.set_text("9250,00")
    shoot(counter, "07c-over")
    page.content.sum.edited.emit("")
    page.switch_way()
    page.look_for("abcdef0123456789abcdef0123456789")
    counter.until(lambda: not page.flow.busy)
    shoot(counter, "not-found")
    desk.sell(("Кофе", "100.00", "1"))
    page.look_for("1-")
    counter.until(lambda: not page.flow.busy)
    shoot(counter, "matches")
    counter.open(payment)


def _outcomes(counter: Counter, desk: Desk, shoot: Any) -> None:
    payment = desk.sell()
    counter.open(payment)
    seen = desk.refund_lines(payment.id, line1="1")
    for name, changes in _STATES.items():
        refund = (
            replace(seen.refund, refund_id="", **changes)
            if "refund_id" not in changes
            else (replace(seen.refund, **changes))
        )
        counter.page.flow.shown = RefundView(refund=refund, entered=0.0)
        counter.page.flow.changed.emit()
        shoot(counter, f"state-{name}")
    refund = replace(seen.refund, state=S.UNKNOWN, refund_id="")
    desk.clock.ahead += 1674.0
    for name, ending in (("14b-opened", None), ("14b", Ending.FOUND), ("14b-late", Ending.WAIT)):
        dialog = UnknownRefundDialog(
            counter.frame,
            decisions=desk.till.refund_decisions,
            staff=desk.till.staff,
            background=desk.background,
            clock=desk.clock,
            refund=refund,
            payment=payment,
            person=desk.senior,
        )
        dialog.begin()
        if ending is Ending.FOUND:
            dialog.ways[ending].setChecked(True)
            dialog.number.set_text("R6f20d8b51e9c4c37a4e2b")
        elif ending is Ending.WAIT:
            desk.clock.ahead += 1000.0
            dialog.ways[Ending.NOT_EXECUTED].setEnabled(True)
            dialog.ways[Ending.NOT_EXECUTED].setChecked(True)
            dialog.reason.set_text("В кабинете за день такого возврата нет")
        shoot(counter, name)
        dialog.remove()


if __name__ == "__main__":
    main()

"""Pictures of the sale page, to be looked at: `python -m tests.ui.look_sale FOLDER [WORDS]`.

WORDS is a JSON file {context: {source: translation}} that stands in for a missing .qm file.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cashier.domain.money import Money
from cashier.domain.payment import PaymentState
from cashier.domain.quantity import Quantity
from cashier.domain.receipt import Discount, Receipt
from cashier.services.health import Link
from cashier.ui.theme import ThemeController, ThemeName
from cashier.ui.translation import Translation
from tests.ui.look_setup import Words
from tests.ui.sale_stage import Stage, pause, payment, stage, view

SIZES = ((1366, 768), (1024, 640))
GOODS = (
    ("Кофе в зёрнах «Бразилия», 1 кг", "1290", "1"),
    ("Сыр «Российский» 50 %, весовой", "749", "0.486"),
    ("Молоко пастеризованное 3,2 %, 930 мл", "89.90", "2"),
    ("Хлеб «Бородинский», нарезка, 400 г", "64.50", "1"),
    ("Бананы, весовые", "139.90", "1.240"),
    ("Шоколад тёмный 72 %, 90 г", "129.90", "3"),
    ("Вода негазированная, 1,5 л", "54", "2"),
    ("Пакет-майка большой", "9", "1"),
)
KNOWN = (
    ("Сок мультифруктовый детский, 0,2 л", "44.90"),
    ("Сок томатный с солью, 0,95 л", "129"),
    ("Сок апельсиновый с мякотью, 1 л", "159.90"),
    ("Сок яблочный осветлённый, 1 л", "139.90"),
)


def sample() -> Receipt:
    """The receipt of the pictures."""
    receipt = Receipt()
    for name, price, quantity in GOODS:
        receipt = receipt.add(name, Money.of(price), Quantity.of(quantity))
    receipt = receipt.with_line_discount(1, Discount(percent=1000))
    return receipt.with_discount(Discount(percent=300))


class Look:
    def __init__(self, application: QApplication, folder: Path, words: Path | None) -> None:
        self.folder = folder
        self.theme = ThemeController(application, name=ThemeName.LIGHT)
        self.application = application
        self.translation = Translation(application, language="ru")
        self.russian = Words(words, application)
        application.installTranslator(self.russian)

    def speak(self, language: str) -> None:
        self.application.removeTranslator(self.russian)
        self.translation.use(language)
        if language == "ru":
            self.application.installTranslator(self.russian)

    def shoot(self, on: Stage, name: str, *sizes: tuple[int, int]) -> None:
        for width, height in sizes or SIZES[:1]:
            on.resize(width, height)
            pause(150)
            on.window.grab().save(str(self.folder / f"{name}-{width}.png"))
        on.resize(*SIZES[0])


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    look = Look(application, folder, Path(sys.argv[2]) if len(sys.argv) > 2 else None)
    with tempfile.TemporaryDirectory() as data, stage(Path(data)) as on:
        on.sell_before(*KNOWN)
        on.open()
        look.shoot(on, "empty", *SIZES)
        for goods in (GOODS[:1], GOODS[:3]):
            receipt = Receipt()
            for name, price, amount in goods:
                receipt = receipt.add(name, Money.of(price), Quantity.of(amount))
            on.page.draft.change(receipt)
            on.page.park()
            on.settle()
        on.page.draft.change(sample())
        pause(100)
        look.shoot(on, "sale", *SIZES)
        on.type("сок")
        pause(200)
        look.shoot(on, "suggestions", *SIZES)
        look.theme.choose(ThemeName.DARK)
        look.shoot(on, "dark", *SIZES)
        look.theme.choose(ThemeName.LIGHT)
        look.speak("en")
        pause(100)
        look.shoot(on, "en", *SIZES)
        look.speak("ru")
        on.press(Qt.Key.Key_Escape)
        on.press(Qt.Key.Key_Escape)
        on.type("3*сок виноградный 89,90")
        pause(200)
        look.shoot(on, "new")
        on.press(Qt.Key.Key_F10)
        look.shoot(on, "price", *SIZES)
        on.type("abc")
        on.press(Qt.Key.Key_Return)
        look.shoot(on, "price-wrong", *SIZES)
        on.press(Qt.Key.Key_Escape)
        on.press(Qt.Key.Key_Escape)
        on.page.entry.reset()
        on.scan("4600000104126")
        pause(200)
        look.shoot(on, "unknown", *SIZES)
        on.press(Qt.Key.Key_Escape)
        on.page.show_view(view(payments=(payment(PaymentState.OPEN),)))
        look.shoot(on, "waiting", *SIZES)
        late = payment(PaymentState.LATE_PAID, number="187-053", amount="1524")
        on.page.show_view(view(tasks=(late,), link=Link.LOST))
        look.shoot(on, "tasks", *SIZES)
        on.page.show_view(view(terminal=None))
        look.shoot(on, "no-terminal", *SIZES)
        on.page.show_view(view())
        for name, ask in (
            ("discount", on.page.edits.ask_line_discount),
            ("price-dialog", on.page.edits.ask_price),
            ("parked", on.page.show_parked),
        ):
            ask()
            look.shoot(on, name)
            on.press(Qt.Key.Key_Escape)
        on.press(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
        look.shoot(on, "cleared", *SIZES)
        on.page.edits.undo()
        look.theme.choose(touch=True)
        look.shoot(on, "touch", (1280, 800))
        on.page.edits.ask_quantity()
        look.shoot(on, "touch-pad", (1280, 800))


if __name__ == "__main__":
    main()

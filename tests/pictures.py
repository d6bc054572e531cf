"""The pictures of README: `python -m tests.pictures [FOLDER]`.

Starts the real application offscreen, in training, in a temporary folder, sells once by the
keyboard, and saves what stands on the window. Run it again when the screens have changed.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer, QEvent, QIODevice, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from cashier import settings
from cashier.app import App
from cashier.options import Options
from cashier.paths import Folders, resources
from cashier.settings import Settings, Theme
from tests.e2e.driver import DEAF_FOR, Driver, settle

FOLDER = resources() / "pictures"
SIZE = (1366, 768)
COLOURS = 128
"""Enough for a screen of flat colours and smooth letters; half the bytes of all of them."""


@dataclass(frozen=True, slots=True)
class Look:
    """One run of the application: how it looks, and what is sold in it."""

    language: str
    theme: Theme
    goods: tuple[str, ...]
    half_typed: str

    def file(self, name: str) -> str:
        return f"{name}-{self.language}-{self.theme.value}.png"


RUSSIAN = Look(
    language="ru",
    theme=Theme.LIGHT,
    goods=("Кофе", "Сыр", "2 * Молоко", "Хлеб", "Бананы", "3 * Шоколад", "2 * Вода", "Пакет"),
    half_typed="сок",
)
ENGLISH = Look(
    language="en",
    theme=Theme.DARK,
    goods=("Coffee", "Rossi", "2 * Past", "Boro", "Bana", "3 * Dark", "2 * Still", "Carrier"),
    half_typed="juice",
)

Save = Callable[[str], None]


@contextmanager
def running(application: QApplication, look: Look) -> Iterator[Driver]:
    """The application in training, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="cashier-pictures-") as folder:
        data = Path(folder)
        settings.save(Settings(theme=look.theme), Folders(data, training=True).settings)
        app = App(application, Options(sandbox=True, data_folder=data, language=look.language))
        till = Driver(app)
        try:
            app.start()
            settle(app)
            till.ready(*SIZE)
            yield till
        finally:
            app.close()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def fill(till: Driver, look: Look) -> None:
    """Type the first letters of each of the goods and take what is suggested."""
    entry = till.find("sale.entry", QLineEdit)
    for typed in look.goods:
        till.type(typed)
        till.until(lambda: till.sees("sale.suggestions"))
        till.press(Qt.Key.Key_Return)
        till.until(lambda: entry.text() == "")
    till.until(lambda: till.find("sale.pay", QWidget).isEnabled())


def sell(till: Driver, look: Look, save: Save) -> None:
    """From the first letter to the green screen."""
    fill(till, look)
    till.type(look.half_typed)
    till.until(lambda: till.sees("sale.suggestions"))
    save("sale")
    till.press(Qt.Key.Key_Escape)
    till.press(Qt.Key.Key_Escape)
    payment_id = till.show_qr()
    till.until(lambda: till.sandbox.gateway.call_count("GetPayment") > 0)
    till.turn(0.3)
    save("payment")
    till.sandbox.gateway.pay(payment_id, "sbp")
    till.until(lambda: till.sees("result.title"))
    till.turn(DEAF_FOR + 0.5)
    save("paid")
    till.press(Qt.Key.Key_Return)
    till.until(lambda: till.sees("sale.entry"))


def give_back(till: Driver, save: Save) -> None:
    """The payment in the history, and part of it chosen to go back."""
    till.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    till.until(lambda: till.sees("history.refund"))
    till.turn(0.5)
    save("history")
    till.press(Qt.Key.Key_F9)
    till.until(lambda: till.sees("refund.lines"))
    till.press(Qt.Key.Key_Plus)
    till.press(Qt.Key.Key_F2)
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Return)
    till.turn(0.5)
    save("refund")


def small_png(window: QWidget) -> bytes:
    """The window's pixels as a PNG of few colours."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    with Image.open(BytesIO(bytes(buffer.data().data()))) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    written = BytesIO()
    few.save(written, "PNG", optimize=True)
    return written.getvalue()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description="README's.")
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    folder: Path = parser.parse_args(arguments).folder
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    for look in (RUSSIAN, ENGLISH):
        with running(application, look) as till:

            def save(name: str, look: Look = look, till: Driver = till) -> None:
                (folder / look.file(name)).write_bytes(small_png(till.window))

            sell(till, look, save)
            give_back(till, save)


if __name__ == "__main__":
    main()

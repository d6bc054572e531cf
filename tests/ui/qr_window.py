"""A window with a QR at an odd place, grabbed into a file: run as a program of its own.

The screen's scale factor can only be set before a program starts.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QWidget

from cashier.ui.theme import ThemeController, ThemeName
from cashier.ui.widgets.qr_view import QrView


def main(arguments: Sequence[str]) -> int:
    """Arguments: the file to write, the text of the code, the scale in percent."""
    out, text, scale = arguments
    application = QApplication(["qr_window"])
    ThemeController(application, name=ThemeName.DARK, scale=int(scale))
    window = QWidget()
    window.resize(700, 660)
    code = QrView(name="payment.qr", accessible="QR")
    code.setParent(window)
    code.setGeometry(133, 17, 511, 523)
    code.set_text(text)
    window.show()
    return 0 if window.grab().save(out) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Where the API key is kept, in words."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication

from cashier.credentials import KEY_VARIABLE, KeyPlace

translate = QCoreApplication.translate


def keeper_text() -> str:
    """Who will keep a key that is typed."""
    if sys.platform == "win32":
        return translate("KeyPlace", "kept by Windows")
    return translate("KeyPlace", "kept by the system")


def place_text(place: KeyPlace | None) -> str:
    """The badge beside a key that is kept."""
    match place:
        case KeyPlace.STORE if sys.platform == "win32":
            return translate("KeyPlace", "Kept in Windows")
        case KeyPlace.STORE:
            return translate("KeyPlace", "Kept in the key store")
        case KeyPlace.ENVIRONMENT:
            return translate("KeyPlace", "From {0}").format(KEY_VARIABLE)
        case KeyPlace.FILE:
            return translate("KeyPlace", "In a file, for training")
        case None:
            return translate("KeyPlace", "No key")

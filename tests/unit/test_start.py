"""The way to the window's first picture imports nothing that only an open till needs."""

from __future__ import annotations

import os
import subprocess
import sys

HEAVY = (
    "alembic",
    "anyio",
    "argon2",
    "asyncio",
    "cashier.credentials",
    "cashier.journal",
    "cashier.logs",
    "cashier.opening",
    "cashier.sandbox",
    "cashier.services.till",
    "cashier.ui.formats",
    "cashier.ui.frame.workplace",
    "cashier.ui.icons",
    "cashier.ui.pages.page",
    "cashier.ui.pages.payment",
    "cashier.ui.pages.sale",
    "cashier.ui.texts",
    "cashier.ui.widgets.label",
    "cashier.wiring",
    "decimal",
    "httpx",
    "jinja2",
    "keyring",
    "msgspec",
    "PIL",
    "PySide6.QtSvg",
    "psycopg",
    "qrcode",
    "sqlalchemy",
    "sqlite3",
    "starlette",
    "uvicorn",
)

CODE = """
import enum
import gc
import sys
import cashier.__main__
from PySide6.QtWidgets import QApplication
from cashier.app import App
from cashier.options import Options
from pathlib import Path
application = QApplication([])
app = App(application, Options(sandbox=True, data_folder=Path(sys.argv[1]), language="ru"))
app.start()
print(*sorted(sys.modules))
print(*(one.__qualname__ for one in gc.get_objects() if isinstance(one, enum.EnumMeta)))
app.close()
"""


def test_nothing_heavy_is_imported_before_the_window_is_shown(tmp_path: object) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(tmp_path)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    modules, enums = done.stdout.splitlines()
    loaded = set(modules.split())
    assert "cashier.ui.main_window" in loaded
    assert [name for name in HEAVY if name in loaded] == []
    # PySide makes the enums of a class with its first use, and for Qt's namespace that is the
    # longest single piece of all.
    assert "Section" in enums.split()
    assert [name for name in enums.split() if name.startswith("Qt.")] == []

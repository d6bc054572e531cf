"""Arguments, the last-resort errors, and over to the application."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import socket
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from cashier.domain.failure import CashierError, Failure

OK, FAILED, MISUSED = 0, 1, 2

_OF_A_RUN = ("sandbox", "data_dir", "base_url", "language")
"""What a till is started with. Everything else is a command, which opens no window."""


class _OneLine(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message} (--help shows how)", file=sys.stderr)
        raise SystemExit(MISUSED)


def _parser() -> argparse.ArgumentParser:
    parser = _OneLine(
        prog="cashier",
        description="A till that takes QR payments through the Invoice gateway.",
        epilog="CASHIER_MERCHANT_ID and CASHIER_API_KEY stand in for the settings and the key "
        "store where there are none.",
    )
    parser.add_argument("--sandbox", action="store_true", help="training, on a built-in gateway")
    parser.add_argument(
        "--data-dir", type=Path, metavar="DIR", help="where the till keeps its data"
    )
    parser.add_argument("--base-url", metavar="URL", help="the gateway's address, for this run")
    parser.add_argument("--language", choices=("ru", "en"), help="the language, for this run")
    parser.add_argument("--set-key", action="store_true", help="read the API key from the input")
    parser.add_argument(
        "--verify-journal",
        action="store_true",
        help="check every event of the journal, also beside a running till",
    )
    parser.add_argument(
        "--move-journal",
        metavar="URL",
        help="move the journal of real payments to a server that tills share",
    )
    parser.add_argument(
        "--list-backups", action="store_true", help="the verified copies of the journal"
    )
    parser.add_argument(
        "--restore-backup",
        type=Path,
        metavar="FILE",
        help="put a copy in the journal's place; for administrators of this computer",
    )
    parser.add_argument(
        "--support-bundle",
        type=Path,
        nargs="?",
        const=Path(),
        metavar="FILE",
        help="write a file for whoever helps, without secrets and without names",
    )
    parser.add_argument(
        "--reset-administrator",
        nargs="?",
        const="",
        metavar="NAME",
        help="empty a forgotten PIN; for administrators of this computer",
    )
    parser.add_argument(
        "--self-test", action="store_true", help="sell and refund once without a window"
    )
    parser.add_argument(
        "--check-settings",
        type=Path,
        metavar="FILE",
        help="whether a settings file for all tills of a computer can be used",
    )
    parser.add_argument("--version", action="store_true", help="print the version")
    parser.add_argument("--json", action="store_true", help="with --version: of every part")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run the program; the exit code is 0, 1 for trouble, 2 for arguments that make no sense."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.sandbox and given.base_url is not None:
        parser.error("--sandbox has a gateway of its own: leave --base-url out")
    if given.json and not given.version:
        parser.error("--json goes with --version")
    # TLS trusts the system's store and the administrator's settings, never a variable.
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        os.environ.pop(name, None)
    _spell_what_can_be()
    try:
        return _do(given)
    except CashierError as error:
        return _say(error)


def _do(given: argparse.Namespace) -> int:
    asked = (value for name, value in vars(given).items() if name not in _OF_A_RUN)
    if all(value is None or value is False for value in asked):
        return _run(given)
    if given.self_test:
        from cashier.self_test import run_self_test

        return run_self_test(given.data_dir, given.language)
    return _command(given)


def _command(given: argparse.Namespace) -> int:
    from cashier import commands, journal_commands

    if given.version:
        return commands.print_version(as_json=given.json)
    if given.check_settings is not None:
        return commands.check_settings(given.check_settings)
    if given.set_key:
        return commands.set_key(given.data_dir)
    if given.verify_journal:
        return commands.verify_journal(given.data_dir, training=given.sandbox)
    if given.move_journal is not None:
        return journal_commands.move_journal(given.data_dir, given.move_journal)
    if given.list_backups:
        return journal_commands.list_backups(given.data_dir, training=given.sandbox)
    if given.restore_backup is not None:
        return journal_commands.restore_backup(
            given.data_dir, given.restore_backup, training=given.sandbox
        )
    if given.support_bundle is not None:
        return journal_commands.support_bundle(
            given.data_dir, given.support_bundle, training=given.sandbox
        )
    return commands.reset_administrator(
        given.data_dir, given.reset_administrator, training=given.sandbox
    )


def _spell_what_can_be() -> None:
    """Windows' pipes speak an alphabet of 256 letters, and the rouble sign is in none of them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _run(given: argparse.Namespace) -> int:
    _require_display()
    # What is made until the window is there stays: looking through it for garbage would take a
    # tenth of the start and hold the window up later. `ui.collector` collects what comes after.
    gc.disable()
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from cashier.app import App
    from cashier.options import Options

    application = QApplication(sys.argv[:1])
    options = Options(
        sandbox=given.sandbox,
        data_folder=given.data_dir,
        base_url=given.base_url,
        language=given.language,
    )
    # Ctrl+C in the terminal closes the till as its window's end does, also while it still opens.
    signal.signal(signal.SIGINT, lambda *_: QTimer.singleShot(0, application.quit))
    app: App | None = None
    try:
        app = App(application, options)
        app.settled.connect(gc.freeze)
        app.start()
        code = application.exec()
        return code if app.trouble is None else _say(app.trouble)
    except CashierError as error:
        return _say(error)
    finally:
        if app is not None:
            app.close()


def _require_display() -> None:
    """Qt ends the process where there is no display; say so in a line instead."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return
    display = os.environ.get("DISPLAY", "")
    if os.environ.get("WAYLAND_DISPLAY") or display.partition(":")[0]:
        return
    number = display.removeprefix(":").partition(".")[0]
    if number.isdecimal():
        for address in (f"\0/tmp/.X11-unix/X{number}", f"/tmp/.X11-unix/X{number}"):  # noqa: S108
            with socket.socket(socket.AF_UNIX) as probe:
                if probe.connect_ex(address) == 0:
                    return
    raise CashierError(Failure.NO_DISPLAY, display=display)


def _say(error: CashierError) -> int:
    from cashier.ui.texts import failure_text

    facts = ", ".join(f"{name}: {value}" for name, value in error.facts.items() if value)
    print(f"cashier: {failure_text(error)}" + (f" ({facts})" if facts else ""), file=sys.stderr)
    return FAILED


if __name__ == "__main__":
    sys.exit(main())

"""Whether this process has the rights of the operating system's administrator."""

from __future__ import annotations

import getpass
import os
import sys


def is_elevated() -> bool:
    """root on POSIX; on Windows a process that was started "as administrator"."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.shell32.IsUserAnAdmin())
    return os.geteuid() == 0


def account() -> str:
    """The name of the account, for the record; "?" where the system does not tell."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"

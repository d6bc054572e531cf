"""Where the frozen program begins: the till, or with `sandbox` as the first word the gateway.

`cashier.com`, the console twin, prints as any program does. `cashier.exe` is a window program: who
starts it from the desktop sees no output, so what it said stands in a message box at its end.
"""

from __future__ import annotations

import io
import sys
import traceback
from pathlib import Path

SANDBOX = "sandbox"
_ERROR_IN_FRONT = 0x10 | 0x10000  # MB_ICONERROR, MB_SETFOREGROUND


def run() -> int:
    """Run the program that was asked for. Its exit code."""
    if sys.argv[1:2] == [SANDBOX]:
        from cashier.sandbox.__main__ import main as sandbox

        return sandbox(sys.argv[2:])
    from cashier.__main__ import main as cashier

    return cashier()


def is_window_program() -> bool:
    """Whether nobody reads the outputs, be they missing or inherited from what started it."""
    is_windows_program = sys.platform == "win32" and bool(getattr(sys, "frozen", False))
    is_twin = Path(sys.executable).suffix.lower() == ".com"
    return sys.stderr is None or (is_windows_program and not is_twin)


def run_without_output() -> int:
    """`run`, with what it says about its trouble, or was asked to print, in a message box too."""
    output, said = sys.stderr, io.StringIO()
    sys.stdout = sys.stderr = said
    try:
        code = run()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception:  # noqa: BLE001 - the last one to say anything
        traceback.print_exc(file=said)
        code = 1
    if said.getvalue().strip():
        if output is not None:
            print(said.getvalue(), end="", file=output, flush=True)
        show(said.getvalue().strip(), is_error=code != 0)
    return code


def show(text: str, *, is_error: bool) -> None:
    """A message box of Windows itself, since Qt may be what failed."""
    if sys.platform == "win32":
        import ctypes

        style = _ERROR_IN_FRONT if is_error else _ERROR_IN_FRONT & ~0x10 | 0x40
        ctypes.windll.user32.MessageBoxW(None, text, "Cashier", style)


if __name__ == "__main__":
    sys.exit(run_without_output() if is_window_program() else run())

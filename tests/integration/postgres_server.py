"""A PostgreSQL server of the tests' own: Debian's, in a temporary folder, on a unix socket."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import IO
from uuid import uuid4

import psycopg
import pytest

_VERSIONS = Path("/usr/lib/postgresql")
_USER = "cashier"


class PostgresServer:
    """`database` makes an empty one and says its address; `shared` is one for tills of all tests.

    Making a database takes as long as twenty tests in one.
    """

    def __init__(self, folder: Path, setting: str) -> None:
        self._folder = folder
        self._settings = [setting] if setting else []
        self._process: subprocess.Popen[str] | None = None
        self._data = folder / "data"
        self._shared = ""

    def shared(self) -> str:
        self._shared = self._shared or self.database()
        return self._shared

    def database(self) -> str:
        name = f"till_{uuid4().hex}"
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql+psycopg://{_USER}@/{name}?host={self._folder}"

    def copy(self, url: str) -> str:
        """What a database nobody is using holds now, as another one."""
        name, target = self._name(url), f"till_{uuid4().hex}"
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {target} TEMPLATE {name}")
        return url.replace(name, target)

    def make(self) -> None:
        how = ("-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        command = _command("initdb", "-D", self._data, *how)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")

    def start(self) -> None:
        """Until it takes connections. The server ends with this process, however that ends."""
        settings = ["listen_addresses=", f"unix_socket_directories={self._folder}", *self._settings]
        options = [part for setting in settings for part in ("-c", setting)]
        command = _command("postgres", "-D", self._data, *options, dies_with_parent=True)
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd="/"
        )
        lines = self._process.stderr
        assert lines is not None
        said = []
        for line in lines:
            said.append(line)
            if "ready to accept connections" in line:
                # Nobody reads on, and a full pipe would stop the server.
                Thread(target=_drain, args=(lines,), daemon=True).start()
                return
        pytest.fail("PostgreSQL's server did not start: " + "".join(said), pytrace=False)

    def stop(self) -> None:
        """At once, as in a power cut."""
        assert self._process is not None
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait()
        self._process = None

    def _name(self, url: str) -> str:
        return url.partition("@/")[2].partition("?")[0]

    def _address(self, name: str) -> str:
        return f"host={self._folder} user={_USER} dbname={name}"


@contextmanager
def postgres_server(setting: str = "") -> Iterator[PostgresServer]:
    """Running from here to there, perhaps with one more `setting`.

    Fails with a clear line where Debian's is not installed.
    """
    if _programs() is None:
        pytest.fail("PostgreSQL's server is missing: apt-get install postgresql", pytrace=False)
    # A unix socket's path has to be short.
    with TemporaryDirectory(prefix="cashier-pg-", dir="/tmp") as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        server = PostgresServer(Path(folder), setting)
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _programs() -> Path | None:
    """The newest version that Debian's packages have installed."""
    found = sorted(_VERSIONS.glob("*/bin/initdb"), key=lambda one: float(one.parts[-3]))
    return found[-1].parent if found else None


def _drain(lines: IO[str]) -> None:
    with lines:
        deque(lines, maxlen=0)


def _command(program: str, *arguments: str | Path, dies_with_parent: bool = False) -> list[str]:
    """As somebody who is not root, whom PostgreSQL refuses."""
    command = [str((_programs() or Path()) / program), *(str(one) for one in arguments)]
    privileges = ["--pdeathsig", "QUIT"] if dies_with_parent else []
    if os.geteuid() == 0:
        privileges += ["--reuid", "postgres", "--regid", "postgres", "--init-groups"]
    return ["setpriv", *privileges, "--", *command] if privileges else command

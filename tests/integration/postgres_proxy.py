"""Stands between a till and PostgreSQL's server, and cuts where a test wants it to."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

_COMMIT = b"COMMIT\x00"
_READER = b"default_transaction_read_only=on"
"""How a connection that cannot write begins: its commits are nobody's loss."""
_ROOM = 65536


class PostgresProxy:
    """`url` leads through it. Every method may be called while connections are open."""

    def __init__(self, target: Path, url: str) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        port = self._listener.getsockname()[1]
        self.url = urlsplit(url)._replace(netloc=f"cashier@127.0.0.1:{port}", query="").geturl()
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._cuts: list[tuple[int, bool, bool]] = []
        self._is_away = False
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def has_cut(self) -> bool:
        """Whether every cut that was asked for has been made."""
        return not self._cuts

    def cut(self, *, after: int = 0, heard: bool = True, stay_away: bool = False) -> None:
        """Let `after` writing commits go well, then end the connection at the next one.

        `heard`: the server does that commit, and only its answer is lost; else it never hears of
        it. `stay_away`: as `go_away` from then on.
        """
        with self._lock:
            self._cuts.append((after, heard, stay_away))

    def go_away(self) -> None:
        """End every connection and take no new one, until `come_back`."""
        with self._lock:
            self._is_away = True
            for end in self._open:
                _shut(end)

    def come_back(self) -> None:
        with self._lock:
            self._is_away = False

    def close(self) -> None:
        self.go_away()
        _shut(self._listener)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._stand_between, args=(client,), daemon=True).start()

    def _stand_between(self, client: socket.socket) -> None:
        with client, socket.socket(socket.AF_UNIX) as server:
            with self._lock:
                if self._is_away:
                    return
                server.connect(str(self._target))
                self._open |= {client, server}
            with suppress(OSError):
                self._pass_on(client, server)
            with self._lock:
                self._open -= {client, server}

    def _pass_on(self, client: socket.socket, server: socket.socket) -> None:
        writes = True
        while True:
            for end in select.select([client, server], [], [])[0]:
                data = end.recv(_ROOM)
                if not data:
                    return
                if end is client and _READER in data:
                    writes = False
                heard = self._heard(data) if writes and end is client else None
                if heard is None:
                    (server if end is client else client).sendall(data)
                    continue
                if heard:
                    server.sendall(data)
                    server.recv(_ROOM)  # the answer, which nobody gets
                return

    def _heard(self, data: bytes) -> bool | None:
        """None where nothing is to be cut now, else whether the server is still to hear of it."""
        with self._lock:
            if not self._cuts or _COMMIT not in data:
                return None
            after, heard, stay_away = self._cuts.pop(0)
            if after:
                self._cuts.insert(0, (after - 1, heard, stay_away))
                return None
            self._is_away = stay_away
            return heard


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


@contextmanager
def postgres_proxy(url: str) -> Iterator[PostgresProxy]:
    """Before the server of `url`, which listens on a unix socket."""
    folder = parse_qs(urlsplit(url).query)["host"][0]
    proxy = PostgresProxy(Path(folder) / ".s.PGSQL.5432", url)
    try:
        yield proxy
    finally:
        proxy.close()

"""The first start of a till whose journal is on a server: who is there already signs in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import anyio
import psycopg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from cashier.clock import SystemClock
from cashier.domain.staff import Person, Role
from cashier.journal.journal import Journal
from cashier.sandbox.server import SandboxServer
from cashier.ui.background import Background
from cashier.ui.translation import Translation
from cashier.ui.widgets.band import Band
from tests.integration.conftest import postgres
from tests.integration.postgres_server import PostgresServer
from tests.ui.setup_kit import garbage_stays_here
from tests.ui.test_first_start_admin import Stage

__all__ = ["postgres"]

pytestmark = pytest.mark.usefixtures("themed")

Made = Callable[[str], Stage]


@pytest.fixture
def made(qtbot: QtBot) -> Iterator[Made]:
    """A wizard whose keys were accepted, for the journal at an address."""
    worker = Background()
    with garbage_stays_here(), SandboxServer() as server:
        yield lambda url: Stage(qtbot, worker, server, journal_url=url)
        worker.close()


def people_at(url: str) -> None:
    """Another till, with an administrator and one who has left."""
    journal = Journal.open(url, till="1", clock=SystemClock())

    async def add() -> None:
        for name, is_off in (("Белова Ирина", False), ("Ким Олег", True)):
            person = Person("", name, Role.ADMINISTRATOR, is_off=is_off)
            await journal.write(lambda ledger, one=person: ledger.save_person(one))  # type: ignore[misc]  # its own

    anyio.run(add)
    journal.close()


@pytest.mark.parametrize(
    ("language", "title", "opens"),
    [
        ("en", "The shared journal has its people", "Step 3 of 3. The till opens, you sign in."),
        ("ru", "В общем журнале уже есть сотрудники", "Шаг 3 из 3. Касса откроется, и вы войдёте."),
    ],
)
def test_a_journal_with_people_asks_for_nobody(
    made: Made,
    qapp: QApplication,
    postgres: PostgresServer,
    language: str,
    title: str,
    opens: str,
) -> None:
    url = postgres.database()
    people_at(url)
    translation = Translation(qapp, language=language)
    try:
        stage = made(url)
        stage.qtbot.waitUntil(stage.label("first.admin.known.title").isVisible)
        assert stage.label("first.admin.known.title").text() == title
        text = stage.label("first.admin.known.text").text()
        assert "Белова Ирина" in text
        assert "Ким Олег" not in text
        assert not stage.line("first.admin.name").isVisible()
        assert stage.page.focusWidget() is stage.main
        assert stage.label("first.where").text() == opens
        stage.press(Qt.Key.Key_F12)
        assert len(stage.chosen) == 1
        assert stage.chosen[0][4] is None
    finally:
        translation.use("en")
        translation.setParent(None)


def test_an_empty_database_asks_for_its_first_administrator(
    made: Made, postgres: PostgresServer
) -> None:
    stage = made(postgres.database())
    stage.qtbot.waitUntil(stage.line("first.admin.name").isVisible)
    assert not stage.label("first.admin.known.title").isVisible()
    assert not stage.main.isEnabled()


def test_a_server_that_is_away_is_told_and_asked_again(made: Made, tmp_path: Path) -> None:
    stage = made(f"postgresql+psycopg://till@/none?host={tmp_path}")
    band = stage.page.findChild(Band, "first.failure")
    assert band is not None
    stage.qtbot.waitUntil(band.isVisible)
    assert band.title().startswith("The server with the shared journal does not answer")
    assert stage.line("first.merchant").isVisible()
    stage.press(Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: not band.isVisible())
    stage.qtbot.waitUntil(band.isVisible)
    assert stage.chosen == []


def test_a_password_that_is_missing_says_where_it_belongs(
    made: Made, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    url = postgres.database()
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("CREATE ROLE asked LOGIN PASSWORD 'hush'")
        row = connection.execute("SHOW hba_file").fetchone()
        assert row is not None
        rules = Path(row[0])
        rules.write_text("local all asked scram-sha-256\n" + rules.read_text())
        connection.execute("SELECT pg_reload_conf()")
    stage = made(url.replace("cashier@", "asked@"))
    band = stage.page.findChild(Band, "first.failure")
    assert band is not None
    stage.qtbot.waitUntil(band.isVisible)
    assert "pgpass" in band.title()
    assert "server:port:database:user:password" in band.title()
    monkeypatch.setenv("PGPASSWORD", "wrong")
    stage.press(Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: not band.isVisible())
    stage.qtbot.waitUntil(band.isVisible)
    assert "pgpass" in band.title()
    monkeypatch.setenv("PGPASSWORD", "hush")
    stage.press(Qt.Key.Key_Return)
    stage.qtbot.waitUntil(lambda: stage.page.findChild(QLineEdit, "first.admin.name").isVisible())  # type: ignore[union-attr]  # it is there

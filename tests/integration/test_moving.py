"""A till's journal moves from its file to a server: every row, once, whatever kills it."""

from __future__ import annotations

import shutil
import signal
import sys
from pathlib import Path

import anyio
import psycopg
import pytest

from cashier.clock import SystemClock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import Payment, PaymentState
from cashier.domain.staff import Person, Role
from cashier.domain.terminal import Terminal, TerminalInfo
from cashier.journal.journal import Journal
from cashier.journal.moving import Moved, finish, marker_of, move
from cashier.journal.space import Limits
from cashier.journal.verify import verify
from tests.integration.postgres_proxy import postgres_proxy
from tests.integration.postgres_server import PostgresServer
from tests.journal_samples import NOW, bring_to, charge, draft, receipt

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("Белова Ирина", "Администратор")


def till_at(url: str, anchor: Path, name: str = "1") -> Journal:
    limits = Limits(reserve=4096, busy=2.0)
    return Journal.open(url, till=name, clock=SystemClock(), limits=limits, anchor=anchor)


def person(name: str) -> Person:
    return Person(id="", name=name, role=Role.ADMINISTRATOR)


async def full_journal(folder: Path, name: str = "1") -> Path:
    """A file with something in every table, open and unknown payments too."""
    path = folder / "journal.db"
    till = till_at(f"sqlite:///{path}", folder / "anchor", name)
    for state in PaymentState:
        payment = await till.write(bring_to(state))
        await till.write(
            lambda ledger, payment=payment: ledger.keep_answer(  # type: ignore[misc]  # its own
                payment.id, call="GetPayment", http_status=200, body=b"\x00{}", received_at=NOW
            )
        )
    await till.write(lambda ledger: ledger.save_receipt(draft("Сыр")))
    await till.write(lambda ledger: ledger.remember_goods(receipt("Сыр", "Молоко")))
    await till.write(lambda ledger: ledger.set_note("n", "v"))
    info = TerminalInfo(id=f"terminal of {name}", name="Зал", alias=f"1:{name}")
    await till.write(
        lambda ledger: ledger.remember_terminal(Terminal(key=0, info=info, is_default=True))
    )
    for one in NAMES:
        await till.write(lambda ledger, one=one: ledger.save_person(person(one)))  # type: ignore[misc]  # its own
    till.close()
    return path


def moved(path: Path, url: str, saved: list[str] | None = None) -> Moved:
    saves = saved if saved is not None else []
    return move(
        path, url, anchor=path.with_name("anchor"), clock=SystemClock(), switch=saves.append
    )


async def payments_of(till: Journal) -> list[Payment]:
    return await till.read(lambda reader: reader.payments(set(PaymentState)))


async def test_every_row_is_on_the_server_and_the_old_file_is_put_away(
    tmp_path: Path, postgres: PostgresServer
) -> None:
    path, url = await full_journal(tmp_path), postgres.database()
    before = till_at(f"sqlite:///{path}", tmp_path / "anchor")
    payments = await payments_of(before)
    before.close()
    saves: list[str] = []
    done = moved(path, url, saves)
    assert saves == [url]
    assert not path.exists()
    assert not marker_of(path).exists()
    assert done.kept.exists()
    assert done.rows["payments"] == len(PaymentState)
    assert done.rows["people"] == 2
    report = verify(url, tmp_path / "anchor")
    assert report.is_whole
    assert report.heads[0].head == done.head
    after = till_at(url, tmp_path / "anchor")
    assert await payments_of(after) == payments
    page = await after.read(lambda reader: reader.known_goods("мол", 9))
    assert [one.name for one in page] == ["Молоко"]
    (terminal,) = await after.read(lambda reader: reader.terminals())
    assert terminal.is_default
    await after.write(charge)
    after.close()


async def test_a_second_till_joins_and_namesakes_are_told_apart(
    tmp_path: Path, postgres: PostgresServer
) -> None:
    url = postgres.database()
    for name in ("1", "2"):
        folder = tmp_path / name
        folder.mkdir()
        moved(await full_journal(folder, name), url)
        assert verify(url, folder / "anchor").is_whole
    till = till_at(url, tmp_path / "2" / "anchor", "2")
    people = await till.read(lambda reader: reader.people())
    assert {one.name for one in people} == {*NAMES, *(f"{one} (2)" for one in NAMES)}
    assert len(await till.read(lambda reader: reader.terminals())) == 2
    till.close()
    assert verify(url, tmp_path / "2" / "anchor").is_whole


@pytest.mark.parametrize("is_same", [True, False])
async def test_a_server_that_has_this_till_or_its_name_is_refused(
    tmp_path: Path, postgres: PostgresServer, is_same: bool
) -> None:
    path, url = await full_journal(tmp_path), postgres.database()
    copy = tmp_path / "copy"
    if is_same:
        shutil.copytree(tmp_path, copy)
        moved(path, url)
        path = copy / "journal.db"
    else:
        till_at(url, tmp_path / "another", "1").close()
    with pytest.raises(CashierError) as caught:
        moved(path, url)
    expected = Failure.JOURNAL_KNOWN if is_same else Failure.TILL_NAME_TAKEN
    assert caught.value.failure is expected
    assert path.exists()
    assert not marker_of(path).exists()
    till_at(f"sqlite:///{path}", path.with_name("anchor")).close()


async def test_a_running_till_is_not_moved(tmp_path: Path, postgres: PostgresServer) -> None:
    path = await full_journal(tmp_path)
    till = till_at(f"sqlite:///{path}", tmp_path / "anchor")
    with pytest.raises(CashierError) as caught:
        moved(path, postgres.database())
    assert caught.value.failure is Failure.SECOND_INSTANCE
    till.close()


async def test_a_row_that_differs_on_the_server_undoes_all_of_it(
    tmp_path: Path, postgres: PostgresServer
) -> None:
    path, url = await full_journal(tmp_path), postgres.database()
    till_at(url, tmp_path / "another", "9").close()
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute(
            "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN NEW.cashier := 'x'; RETURN NEW; END $$"
        )
        connection.execute(
            "CREATE TRIGGER spoiling BEFORE INSERT ON receipts"
            " FOR EACH ROW EXECUTE FUNCTION spoil()"
        )
    with pytest.raises(CashierError) as caught:
        moved(path, url)
    assert caught.value.facts == {"reason": "receipts differ"}
    till_at(f"sqlite:///{path}", tmp_path / "anchor").close()
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        assert connection.execute("SELECT count(*) FROM receipts").fetchone() == (0,)


async def test_a_commit_whose_answer_is_lost_is_settled_by_asking_again(
    tmp_path: Path, postgres: PostgresServer
) -> None:
    path, url = await full_journal(tmp_path), postgres.database()
    saves: list[str] = []
    till_at(url, tmp_path / "another", "9").close()
    with postgres_proxy(url) as proxy:
        # The first commit is that of the look at how the server keeps what it commits.
        proxy.cut(after=1, stay_away=True)
        with pytest.raises(CashierError) as caught:
            moved(path, proxy.url, saves)
        assert caught.value.failure is Failure.JOURNAL_AWAY
        with pytest.raises(CashierError) as caught:
            finish(path, switch=saves.append)
        assert caught.value.failure is Failure.JOURNAL_AWAY
        assert saves == []
        proxy.come_back()
        assert finish(path, switch=saves.append) is not None
        assert saves == [proxy.url]
    assert not path.exists()
    assert verify(url, tmp_path / "anchor").is_whole


_CHILD = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.engine import Engine
from cashier.clock import SystemClock
from cashier.journal.moving import move
path, url, point = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
def reach(name):
    if name.startswith(point):
        os.kill(os.getpid(), signal.SIGKILL)
def hook(name, args):
    if name in ("os.rename", "os.remove", "os.chmod") and str(path.parent) in str(args):
        reach(name + " " + Path(str(args[1] if name == "os.rename" else args[0])).name)
def switch(url):
    reach("switch begins")
    path.with_name("settings").write_text(url)
    reach("switch ends")
sys.addaudithook(hook)
@event.listens_for(Engine, "commit")
def committing(connection):
    if connection.dialect.name == "postgresql" and connection.info.get("moved"):
        reach("commit")
@event.listens_for(Engine, "before_cursor_execute")
def executing(connection, cursor, statement, *_):
    if connection.dialect.name == "postgresql" and statement.startswith("INSERT"):
        connection.info["moved"] = True
        reach(" ".join(statement.split()[:3]))
move(path, url, anchor=path.with_name("anchor"), clock=SystemClock(), switch=switch)
"""


@pytest.mark.parametrize(
    ("point", "is_moved"),
    [
        ("os.rename journal.moving", False),
        ("INSERT INTO tills", False),
        ("INSERT INTO answers", False),
        ("commit", False),
        ("switch begins", True),
        ("switch ends", True),
        ("os.rename journal-moved.db", True),
        ("os.chmod", True),
        ("os.remove journal.moving", True),
    ],
)
async def test_a_kill_at_any_point_leaves_one_journal_in_use(
    tmp_path: Path, postgres: PostgresServer, point: str, is_moved: bool
) -> None:
    path, url = await full_journal(tmp_path), postgres.database()
    command = [sys.executable, "-c", _CHILD, str(path), url, point]
    child = await anyio.run_process(command, cwd=ROOT, check=False, stderr=None)
    assert child.returncode == -signal.SIGKILL
    settings = tmp_path / "settings"
    finish(path, switch=settings.write_text)
    assert settings.exists() is is_moved
    assert path.exists() is not is_moved
    assert not marker_of(path).exists()
    till = till_at(url if is_moved else f"sqlite:///{path}", tmp_path / "anchor")
    assert len(await payments_of(till)) == len(PaymentState)
    till.close()
    if not is_moved:
        with psycopg.connect(url.replace("+psycopg", "")) as connection:
            assert connection.execute("SELECT to_regclass('tills')").fetchone() == (None,)
        assert moved(path, url).rows["payments"] == len(PaymentState)

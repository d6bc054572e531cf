"""Whatever is typed or answered is a value to the database, never a statement (control 13)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import anyio
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cashier.domain.failure import CashierError
from cashier.domain.history import HistoryQuery
from cashier.domain.payment import PaymentState
from cashier.domain.saved_receipt import ReceiptState
from cashier.domain.staff import Person, Role
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.journal.reader import Reader
from cashier.journal.schema import metadata
from cashier.journal.text import clean
from cashier.journal.verify import verify
from tests.journal_samples import bring_to, draft, intent, open_journal

HOSTILE = (
    "'; DROP TABLE payments; --",
    "x' OR '1'='1",
    '" UNION SELECT pin_hash FROM people --',
    "%' ESCAPE '\\",
    "payments:amount; {0} %s :name ?1",
    "NEAR(a b) AND NOT c* ^d -e",
    'a"b*c',
    "\x00';--",
)
SINCE, UNTIL = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    made = open_journal(tmp_path_factory.mktemp("till") / "live")

    def fill(ledger: Ledger) -> None:
        bring_to(PaymentState.OPEN)(ledger)
        ledger.save_person(Person("a" * 32, "Anna", Role.CASHIER))

    anyio.run(made.write, fill)
    yield made
    made.close()


def _tables(reader: Reader) -> set[str]:
    found = reader._connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')"
    )
    return set(found.scalars())


def _ask(reader: Reader, text: str) -> None:
    """Everything that a person or the gateway gives a text to."""
    query = HistoryQuery(SINCE, UNTIL, text=text, till=text, cashier=text, terminal_id=text)
    for one in (query, HistoryQuery(SINCE, UNTIL, text=text)):
        reader.history(one, offset=0, limit=10)
        reader.count_history(one, cap=10)
    reader.known_goods(text, 5)
    assert reader.payment_by_order(text) is None
    assert reader.payment_by_gateway_id(text) is None
    assert reader.refund_by_gateway_id(text) is None
    reader.events(text)
    for ask in (reader.payment, reader.receipt, reader.refund, reader.person, reader.shift):
        with pytest.raises(CashierError):
            ask(text)


def _write(ledger: Ledger, text: str) -> None:
    ledger.set_note("typed", text)
    assert ledger.note("typed") == clean(text)
    name = " ".join(clean(text).split())[:60]
    if name.isprintable() and name:
        ledger.save_person(Person("a" * 32, name, Role.CASHIER))
        assert ledger.person("a" * 32).name == name
        saved = ledger.save_receipt(draft(name, state=ReceiptState.FROZEN))
        assert ledger.receipt(saved.id).receipt.lines[0].name == name
        numbered = ledger.number_receipt(saved.id)
        ledger.remember_goods(saved.receipt)
        paid = ledger.add_payment(intent(numbered, terminal_name=name, cashier=name))
        ledger.update(paid, status_description=text, refusal_text=text)
        assert ledger.payment(paid.id).terminal_name == name
    ledger.record("test.text", text, {"text": text})


@settings(max_examples=60)
@given(text=st.text(max_size=60))
@example(text=HOSTILE[0])
@example(text=HOSTILE[1])
@example(text=HOSTILE[2])
@example(text=HOSTILE[3])
@example(text=HOSTILE[4])
@example(text=HOSTILE[5])
@example(text=HOSTILE[6])
@example(text=HOSTILE[7])
def test_what_is_typed_is_a_value_and_never_a_statement(journal: Journal, text: str) -> None:
    async def run() -> None:
        before = await journal.read(_tables)
        await journal.read(lambda reader: _ask(reader, text))
        await journal.write(lambda ledger: _write(ledger, text))
        assert await journal.read(_tables) == before
        assert set(metadata.tables) <= before

    anyio.run(run)


def test_the_journal_is_whole_after_all_of_it(journal: Journal, tmp_path: Path) -> None:
    assert verify(f"sqlite:///{journal.path}").is_whole

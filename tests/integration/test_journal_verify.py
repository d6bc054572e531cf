"""A journal is checked beside a running till, and what is wrong is found by its name."""

# ruff: noqa: S608 -- a stranger's SQL is what these tests are about

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Money
from cashier.domain.payment import Decision, Payment, PaymentState
from cashier.domain.refund import Refund, RefundState
from cashier.domain.staff import Person, Role
from cashier.journal.chain import digest
from cashier.journal.guards import GUARDS
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.journal.verify import Problem, Report, Wrong, verify
from tests.integration.postgres_server import PostgresServer
from tests.journal_samples import NOW, bring_to, charge, open_journal
from tests.refund_samples import give_back, paid, refund_in
from tests.virtual_clock import VirtualClock

pytestmark = pytest.mark.anyio


@dataclass(frozen=True, slots=True)
class Scene:
    """A journal with something of everything, and a till that is still running."""

    journal: Journal
    path: Path
    anchor: Path
    payment: Payment
    refund: Refund
    person: Person

    def look(self) -> Report:
        return verify(f"sqlite:///{self.path}", self.anchor)

    def tamper(self, *statements: str) -> None:
        """As somebody with the file and without scruples: the triggers go first."""
        with sqlite3.connect(self.path) as stranger:
            for guard in GUARDS:
                stranger.execute(f"DROP TRIGGER IF EXISTS {guard.name}")
            for statement in statements:
                assert stranger.execute(statement).rowcount > 0, statement
        stranger.close()

    def only_problem(self) -> Problem:
        [problem] = self.look().problems
        return problem


def fill(ledger: Ledger) -> tuple[Payment, Refund, Person]:
    payment = paid(
        ledger, payment_id="gate-1", funds=Money(99_00), mismatch=("amount",), account="*1234"
    )
    payment = ledger.update(payment, status="successful")
    payment = ledger.decide(payment, Decision.ACCEPTED, by="x", reason="своё")
    refund = refund_in(ledger, give_back(payment, 10_00), RefundState.UNKNOWN, sent_at=NOW)
    for refund_id, body in (("", b'{"of":"payment"}'), (refund.id, b'{"of":"refund"}')):
        ledger.keep_answer(
            payment.id,
            refund_id=refund_id,
            call="Call",
            http_status=200,
            body=body,
            received_at=NOW,
        )
    person = ledger.save_person(Person(id="", name="Анна", role=Role.ADMINISTRATOR))
    ledger.set_pin(person.id, hashed="$argon2id$1", length=6)
    ledger.note_pins(person.id, wrong=2, lock_left=0)
    return payment, refund, person


@pytest.fixture
async def scene(tmp_path: Path) -> Any:
    anchor = tmp_path / "elsewhere" / "anchor.json"
    journal = open_journal(tmp_path / "live", anchor=anchor)
    for state in PaymentState:
        await journal.write(bring_to(state))
    found = await journal.write(fill)
    yield Scene(journal, journal.path, anchor, *found)
    journal.close()


async def test_a_whole_journal_is_whole_beside_a_running_till(scene: Scene) -> None:
    report = scene.look()
    head = await scene.journal.read(lambda reader: reader.head())
    assert report.problems == ()
    assert report.is_whole
    assert [(one.till, one.head) for one in report.heads] == [("2", head)]
    assert (report.events, report.payments, report.refunds) == (
        head.seq,
        len(PaymentState) + 1,
        1,
    )
    await scene.journal.write(charge)
    assert scene.look().is_whole


async def test_a_decision_that_late_money_took_back_is_told_by_the_events(scene: Scene) -> None:
    def change(ledger: Ledger) -> Payment:
        payment = bring_to(PaymentState.ABANDONED)(ledger)
        payment = ledger.decide(payment, Decision.TAKEN_AS_UNPAID, by="x", reason="y")
        return ledger.move(payment, PaymentState.LATE_PAID)

    payment = await scene.journal.write(change)
    assert (payment.decision, payment.decided_by, payment.decision_reason) == (None, "", "")
    assert scene.look().problems == ()


async def test_g11_a_tampered_byte_of_an_event_is_found_and_named(scene: Scene) -> None:
    scene.tamper("UPDATE events SET data = replace(data, '10000', '10001') WHERE seq = 5")
    scene.tamper("UPDATE events SET actor = 'x' WHERE seq = 7")
    kinds = {e.seq: e for e in await scene.journal.read(lambda reader: reader.events())}
    problem = scene.only_problem()
    assert problem == Problem(
        Wrong.HASH, till="2", seq=7, kind=kinds[7].kind, subject=kinds[7].subject
    )


async def test_g11_an_event_that_was_hashed_anew_breaks_the_next_ones_link(scene: Scene) -> None:
    with sqlite3.connect(scene.path) as reading:
        reading.row_factory = sqlite3.Row
        row = dict(reading.execute("SELECT * FROM events WHERE seq = 7").fetchone())
    reading.close()
    row["actor"] = "somebody"
    scene.tamper(f"UPDATE events SET actor = 'somebody', hash = '{digest(row)}' WHERE seq = 7")
    problem = scene.only_problem()
    assert (problem.wrong, problem.seq) == (Wrong.LINK, 8)


async def test_g11_an_event_that_was_taken_out_is_a_gap(scene: Scene) -> None:
    scene.tamper("DELETE FROM events WHERE seq = 2")
    first = scene.look().problems[0]
    assert (first.wrong, first.seq) == (Wrong.GAP, 3)


async def test_g12_a_cut_tail_is_found_and_named(scene: Scene) -> None:
    head = await scene.journal.read(lambda reader: reader.head())
    scene.tamper(f"DELETE FROM events WHERE seq > {head.seq - 2}")
    cut = scene.look().problems[0]
    assert (cut.wrong, cut.till, cut.seq) == (Wrong.CUT, "2", head.seq - 1)
    assert cut.detail == f"{head.seq - 1}-{head.seq}"


async def test_g12_another_chain_in_its_place_is_found(scene: Scene) -> None:
    head = await scene.journal.read(lambda reader: reader.head())
    scene.anchor.write_text(json.dumps({"seq": head.seq, "hash": "0" * 64}))
    problem = scene.only_problem()
    assert (problem.wrong, problem.seq) == (Wrong.OTHER, head.seq)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ("state = 'FAILED'", "to"),
        ("amount = amount - 1", "amount"),
        ("currency = 'USD'", "amount"),
        ("order_id = 'x'", "order_id"),
        ("payment_id = 'x'", "payment_id"),
        ("status = 'init'", "status"),
        ("funds = 1", "funds"),
        ("mismatch = '[]'", "mismatch"),
        ("account = '*9999'", "account"),
        ("decision = NULL", "decision"),
        ("decided_by = 'y'", "decided_by"),
        ("decision_reason = 'y'", "decision_reason"),
        ("cashier = 'y'", "cashier"),
        ("is_adopted = 1", "is_adopted"),
        ("terminal_id = '1'", "terminal_id"),
    ],
)
async def test_a_changed_payment_is_named_with_what_was_changed(
    scene: Scene, change: str, field: str
) -> None:
    scene.tamper(f"UPDATE payments SET {change} WHERE id = '{scene.payment.id}'")
    assert scene.only_problem() == Problem(
        Wrong.ROW, kind="payment", subject=scene.payment.id, fields=(field,)
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ("state = 'RESOLVED_NOT_EXECUTED'", "to"),
        ("amount = 1", "amount"),
        ("payment_id = (SELECT id FROM payments WHERE id <> payment_id LIMIT 1)", "payment_id"),
        ("reason = 'x'", "reason"),
        ('lines = \'[{"line":1,"name":"x","price":1,"thousandths":1,"result":1}]\'', "lines"),
        ("is_external = 1", "is_external"),
        ("actor = 'x'", "actor"),
    ],
)
async def test_a_changed_refund_is_named_with_what_was_changed(
    scene: Scene, change: str, field: str
) -> None:
    scene.tamper(f"UPDATE refunds SET {change} WHERE id = '{scene.refund.id}'")
    assert scene.only_problem() == Problem(
        Wrong.ROW, kind="refund", subject=scene.refund.id, fields=(field,)
    )


@pytest.mark.parametrize("noun", ["payment", "refund"])
async def test_a_row_that_was_deleted_is_named(scene: Scene, noun: str) -> None:
    lost = {"payment": scene.payment.id, "refund": scene.refund.id}[noun]
    scene.tamper(f"DELETE FROM {noun}s WHERE id = '{lost}'")
    assert Problem(Wrong.ROW, kind=noun, subject=lost, fields=("row",)) in scene.look().problems


async def test_a_row_without_an_event_is_named(scene: Scene) -> None:
    scene.tamper(
        "UPDATE refunds SET state = 'ACCEPTED'",
        "INSERT INTO refunds SELECT 'smuggled', till_id, payment_id, shift_id, state, 1,"
        " currency, lines, reason, created_at, changed_at, version, is_by_sum, is_external,"
        " sent_at, refund_id, status, status_description, answered_at, funds, funds_currency,"
        " bonuses, bonuses_currency, method, account, refusal_code, refusal_text, mismatch,"
        " answered_amount, answered_amount_currency, actor, approver, resolution FROM refunds",
    )
    found = scene.look().problems
    assert Problem(Wrong.ROW, kind="refund", subject="smuggled", fields=("row",)) in found


@pytest.mark.parametrize("of", ["payment", "refund"])
async def test_a_changed_answer_is_named(scene: Scene, of: str) -> None:
    about = {"payment": scene.payment.id, "refund": scene.refund.id}[of]
    scene.tamper(f"UPDATE answers SET body = x'7b7d' WHERE CAST(body AS TEXT) LIKE '%{of}%'")
    problem = scene.only_problem()
    assert (problem.wrong, problem.kind, problem.subject) == (Wrong.ANSWER, "answer.kept", about)
    [event] = [
        one
        for one in await scene.journal.read(lambda reader: reader.events(about))
        if one.kind == "answer.kept"
    ]
    assert problem.seq == event.seq


async def test_a_deleted_answer_is_named(scene: Scene) -> None:
    scene.tamper("DELETE FROM answers WHERE refund_id IS NOT NULL")
    problem = scene.only_problem()
    assert (problem.wrong, problem.subject) == (Wrong.ANSWER, scene.refund.id)


async def test_a_charged_receipt_whose_lines_were_changed_is_named(scene: Scene) -> None:
    receipt = scene.payment.receipt_id
    scene.tamper(f"UPDATE receipts SET content = content || ' ' WHERE id = '{receipt}'")
    assert scene.only_problem() == Problem(
        Wrong.ROW, kind="receipt", subject=receipt, fields=("sha256",)
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [("role = 1", "role"), ("pin_hash = 'mine'", "sha256"), ("is_off = 1", "is_off")],
)
async def test_a_person_who_was_changed_past_the_till_is_named(
    scene: Scene, change: str, field: str
) -> None:
    scene.tamper(f"UPDATE people SET {change}")
    assert scene.only_problem() == Problem(
        Wrong.ROW, kind="person", subject=scene.person.id, fields=(field,)
    )


async def test_a_damaged_file_is_said_to_be_one(scene: Scene) -> None:
    scene.journal.close()
    with scene.path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(bytes(range(256)) * 64)
    problems = scene.look().problems
    assert problems[0].wrong is Wrong.FILE
    assert problems[0].detail


async def test_the_check_leaves_the_journal_as_it_is(scene: Scene) -> None:
    scene.journal.close()
    before = hashlib.sha256(scene.path.read_bytes()).hexdigest()
    assert scene.look().is_whole
    assert hashlib.sha256(scene.path.read_bytes()).hexdigest() == before


def test_where_there_is_no_journal_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(CashierError) as caught:
        verify(f"sqlite:///{tmp_path / 'none.db'}")
    assert caught.value.failure is Failure.JOURNAL_DAMAGED
    assert not (tmp_path / "none.db").exists()


# On a server


@pytest.fixture
def url(postgres: PostgresServer) -> str:
    return postgres.database()


@pytest.fixture
def tills(url: str, clock: VirtualClock) -> Iterator[list[Journal]]:
    opened = [Journal.open(url, till=name, clock=clock) for name in ("1", "2")]
    yield opened
    for journal in opened:
        journal.close()


def stranger(url: str) -> Callable[[str], None]:
    def run(statement: str) -> None:
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE payments DISABLE TRIGGER USER"))
            connection.execute(text("ALTER TABLE events DISABLE TRIGGER USER"))
            connection.execute(text(statement))
        engine.dispose()

    return run


async def test_every_tills_chain_on_a_server_is_checked(url: str, tills: list[Journal]) -> None:
    first, second = tills
    payment = await first.write(paid)
    # One payment, told of by two tills.
    await second.write(lambda ledger: ledger.decide(payment, Decision.ACCEPTED, by="x", reason="y"))
    report = verify(url)
    assert report.problems == ()
    assert [one.till for one in report.heads] == ["1", "2"]

    stranger(url)("UPDATE payments SET amount = amount + 1")
    [problem] = verify(url).problems
    assert (problem.kind, problem.subject, problem.fields) == ("payment", payment.id, ("amount",))
    stranger(url)("UPDATE payments SET amount = amount - 1")
    stranger(url)("UPDATE events SET actor = 'x' WHERE kind = 'payment.decided'")
    [problem] = verify(url).problems
    assert (problem.wrong, problem.till, problem.subject) == (Wrong.HASH, "2", payment.id)

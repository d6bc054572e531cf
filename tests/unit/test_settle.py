"""What one answer does to one payment, on a real journal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cashier.domain.failure import Failure
from cashier.domain.money import Money
from cashier.domain.payment import Payment, PaymentInfo, PaymentState
from cashier.domain.saved_receipt import ReceiptState
from cashier.gateway.outcome import Mismatch, NotSent, Ok, Outcome, RawAnswer, Refused, Unknown
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.services import settle
from tests.journal_samples import NOW, bring_to, charge, open_journal

pytestmark = pytest.mark.anyio

INIT = PaymentInfo(id="p1", status="init", payment_url="https://pay.invoice.su/P1")
RAW = RawAnswer("GetPayment", 200, b"{}", NOW)
_S = PaymentState


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = open_journal(tmp_path / "journal")
    yield opened
    opened.close()


async def in_state(
    journal: Journal, state: PaymentState, *, number: str = "p1", **known: object
) -> Payment:
    """A payment in that state which the gateway knows as `number`."""
    payment = await journal.write(bring_to(state))
    return await journal.write(lambda ledger: ledger.update(payment, payment_id=number, **known))


async def read(journal: Journal, payment: Payment, outcome: Outcome[PaymentInfo]) -> Payment:
    return await journal.write(
        lambda ledger: settle.read(ledger, payment, outcome, RAW, now=NOW, skew=0.0)
    )


async def kinds(journal: Journal, payment: Payment) -> list[str]:
    return [event.kind for event in await journal.read(lambda r: r.events(payment.id))]


def says(status: str) -> Ok[PaymentInfo]:
    return Ok(replace(INIT, status=status))


# When a QR stops being payable (decisions: expiry)


def test_equal_dates_as_in_the_guides_samples_say_nothing() -> None:
    assert settle.expiry(replace(INIT, created=NOW, expires=NOW), skew=0) is None
    assert settle.expiry(INIT, skew=0) is None


def test_an_expiry_that_no_calendar_holds_says_nothing() -> None:
    never = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert settle.expiry(replace(INIT, created=NOW, expires=never), skew=-5) is None


def test_g14_the_expiry_is_told_by_this_tills_clock() -> None:
    ends = NOW + timedelta(minutes=20)
    info = replace(INIT, created=NOW, expires=ends)
    assert settle.expiry(info, skew=0) == ends
    assert settle.expiry(info, skew=90) == ends - timedelta(seconds=90)
    assert settle.expiry(replace(info, created=None), skew=-90) == ends + timedelta(seconds=90)


# What is news


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "process"},
        {"status_description": "3-D Secure"},
        {"method": "card"},
        {"account": "4111**1111"},
        {"funds": Money(1)},
        {"bonuses": Money(-1)},
        {"payment_url": "https://pay.invoice.su/P2"},
    ],
)
async def test_every_meaningful_field_is_news_once(
    journal: Journal, changes: dict[str, object]
) -> None:
    payment = await in_state(journal, _S.OPEN, status="init", payment_url=INIT.payment_url)
    assert not settle.says_something_new(payment, INIT)
    info = replace(INIT, **changes)  # type: ignore[arg-type]  # each is one of its fields
    assert settle.says_something_new(payment, info)
    payment = await read(journal, payment, Ok(info))
    assert not settle.says_something_new(payment, info)
    assert len(await journal.read(lambda r: r.answers(payment.id))) == 1
    await read(journal, payment, Ok(info))
    assert len(await journal.read(lambda r: r.answers(payment.id))) == 1


async def test_what_an_answer_leaves_out_stays_as_it_was(journal: Journal) -> None:
    payment = await in_state(
        journal, _S.OPEN, status="init", method="card", account="4111**1111", funds=Money(5)
    )
    bare = PaymentInfo(id="p1", status="init")
    assert not settle.says_something_new(payment, bare)
    paid = await read(journal, payment, Ok(replace(bare, status="successful")))
    assert (paid.state, paid.method, paid.account, paid.funds) == (
        _S.PAID,
        "card",
        "4111**1111",
        Money(5),
    )


# The outcome of a create


async def created(
    journal: Journal, outcome: Outcome[PaymentInfo], *, shown: bool = False
) -> Payment:
    sent = await journal.write(bring_to(_S.SENDING))
    if shown:
        await journal.write(lambda ledger: ledger.update(sent, url_shown_at=NOW))
    return await journal.write(
        lambda ledger: settle.created(ledger, sent, outcome, now=NOW, skew=0.0)
    )


async def test_each_outcome_of_a_create_has_its_own_state(journal: Journal) -> None:
    assert (await created(journal, Ok(INIT))).state is _S.OPEN
    assert (await created(journal, NotSent(Failure.NO_LINK))).state is _S.PREPARED
    assert (await created(journal, Unknown(Failure.TIMED_OUT))).state is _S.UNKNOWN
    refused = await created(journal, Refused(3, "нет терминала"))
    assert (refused.state, refused.refusal_code) == (_S.REFUSED, 3)


async def test_p12_a_create_that_says_paid_is_only_open(journal: Journal) -> None:
    payment = await created(journal, says("successful"))
    assert (payment.state, payment.status) == (_S.OPEN, "successful")


async def test_p8_p9_only_an_answer_about_our_own_order_has_an_id_for_us(journal: Journal) -> None:
    ours = await created(journal, Mismatch(INIT, ("amount",)))
    assert (ours.state, ours.payment_id, ours.mismatch) == (_S.QUARANTINE, "p1", ("amount",))
    foreign = await created(journal, Mismatch(INIT, ("order_id", "amount")))
    assert (foreign.state, foreign.payment_id) == (_S.QUARANTINE, "")


async def test_p9_another_sum_under_the_number_of_another_of_our_payments_links_nothing(
    journal: Journal,
) -> None:
    await in_state(journal, _S.OPEN)
    payment = await created(journal, Mismatch(INIT, ("amount",)))
    assert (payment.state, payment.payment_id) == (_S.QUARANTINE, "")


async def test_a_create_is_taken_in_whatever_was_written_since_it_left(journal: Journal) -> None:
    payment = await created(journal, Ok(INIT), shown=True)
    assert payment.state is _S.OPEN
    assert payment.url_shown_at is not None


# Found by its order


async def test_p3_found_by_its_order_a_payment_is_open_and_its_status_is_read_again(
    journal: Journal,
) -> None:
    unknown = await journal.write(bring_to(_S.UNKNOWN))
    found = await read(journal, unknown, says("successful"))
    assert (found.state, found.payment_id) == (_S.OPEN, "p1")
    assert (await read(journal, found, says("successful"))).state is _S.PAID


async def test_p5_an_abandoned_payment_that_is_found_must_be_closed(journal: Journal) -> None:
    abandoned = await journal.write(bring_to(_S.ABANDONED))
    found = await read(journal, abandoned, Ok(INIT))
    assert (found.state, found.payment_id) == (_S.ABANDONED, "p1")
    assert (await read(journal, found, Ok(INIT))).state is _S.CLOSING


# Money, and what is not believed


async def test_w4_w6_money_completes_the_newest_attempt_of_a_receipt_at_the_till_only(
    journal: Journal,
) -> None:
    at_till = await in_state(journal, _S.FAILED)
    assert (await read(journal, at_till, says("successful"))).state is _S.PAID
    receipt = await journal.read(lambda r: r.receipt(at_till.receipt_id))
    assert receipt.state is ReceiptState.SETTLED

    gone = await in_state(journal, _S.FAILED, number="p2")
    await journal.write(lambda ledger: ledger.move_receipt(gone.receipt_id, ReceiptState.PARKED))
    assert (await read(journal, gone, says("successful"))).state is _S.LATE_PAID
    receipt = await journal.read(lambda r: r.receipt(gone.receipt_id))
    assert receipt.state is ReceiptState.PARKED


async def test_w6_money_for_an_older_attempt_is_late_and_leaves_the_receipt_to_the_newer(
    journal: Journal,
) -> None:
    older = await in_state(journal, _S.FAILED)

    def again(ledger: Ledger) -> Payment:
        newer = replace(
            older,
            id="b" * 32,
            order_id="c" * 32,
            attempt=2,
            state=_S.PREPARED,
            version=0,
            payment_id="",
        )
        return ledger.add_payment(newer)

    await journal.write(again)
    assert (await read(journal, older, says("successful"))).state is _S.LATE_PAID
    receipt = await journal.read(lambda r: r.receipt(older.receipt_id))
    assert receipt.state is ReceiptState.FROZEN


@pytest.mark.parametrize("state", [_S.FAILED, _S.CLOSED])
@pytest.mark.parametrize("status", ["init", "process", "frozen"])
async def test_w5_less_than_was_proved_is_recorded_and_never_applied(
    journal: Journal, state: PaymentState, status: str
) -> None:
    known = await in_state(journal, state, status="error")
    told = await read(journal, known, says(status))
    assert (told.state, told.status) == (state, "error")
    await read(journal, known, says(status))
    assert (await kinds(journal, known)).count("regression") == 1
    assert len(await journal.read(lambda r: r.answers(known.id))) == 1


@pytest.mark.parametrize("status", ["init", "closed", "error"])
@pytest.mark.parametrize("fields", [(), ("amount",)])
async def test_w5_w8_money_of_a_mismatch_is_never_taken_back(
    journal: Journal, status: str, fields: tuple[str, ...]
) -> None:
    payment = await in_state(journal, _S.QUARANTINE, status="successful", mismatch=("amount",))
    lower = replace(INIT, status=status)
    for _ in range(2):
        told = await read(journal, payment, Mismatch(lower, fields) if fields else Ok(lower))
        assert (told.state, told.status) == (_S.QUARANTINE, "successful")
        assert told.has_money
    odd = "mismatch" if fields else "regression"
    assert (await kinds(journal, payment)).count(odd) == 1
    again = await read(journal, payment, Mismatch(replace(INIT, status="successful"), ("amount",)))
    assert again.has_money


@pytest.mark.parametrize("fields", [("order_id",), ("amount",)])
async def test_p12_the_answer_to_a_create_proves_no_money_of_a_mismatch(
    journal: Journal, fields: tuple[str, ...]
) -> None:
    payment = await journal.write(bring_to(_S.SENDING))
    answer = Mismatch(replace(INIT, status="successful"), fields)
    told = await journal.write(
        lambda ledger: settle.created(ledger, payment, answer, now=NOW, skew=0.0)
    )
    assert told.state is _S.QUARANTINE
    assert not told.has_money


async def test_g22_a_word_nobody_knows_is_recorded_once(journal: Journal) -> None:
    payment = await in_state(journal, _S.OPEN, status="init")
    for _ in range(3):
        payment = await read(journal, payment, says("frozen"))
    assert (payment.state, payment.status) == (_S.OPEN, "frozen")
    assert (await kinds(journal, payment)).count("unknown_status") == 1


@pytest.mark.parametrize(
    ("state", "status", "becomes"),
    [
        (_S.OPEN, "init", _S.QUARANTINE),
        (_S.OPEN, "successful", _S.QUARANTINE),
        (_S.UNKNOWN, "successful", _S.QUARANTINE),
        (_S.CLOSING, "closed", _S.QUARANTINE),
        (_S.CLOSING, "successful", _S.QUARANTINE),
        (_S.QUARANTINE, "init", _S.QUARANTINE),
        (_S.QUARANTINE, "successful", _S.QUARANTINE),
        (_S.QUARANTINE, "closed", _S.CLOSED),
        (_S.QUARANTINE, "expired", _S.CLOSED),
        (_S.FAILED, "successful", _S.LATE_PAID),
        (_S.CLOSED, "successful", _S.LATE_PAID),
        (_S.ABANDONED, "successful", _S.LATE_PAID),
        (_S.FAILED, "init", _S.FAILED),
        (_S.CLOSED, "closed", _S.CLOSED),
    ],
)
async def test_p6_w8_another_sum_is_nobodys_sale(
    journal: Journal, state: PaymentState, status: str, becomes: PaymentState
) -> None:
    payment = await in_state(journal, state, status="old")
    told = await read(journal, payment, Mismatch(replace(INIT, status=status), ("amount",)))
    assert told.state is becomes
    if becomes is not state or state is _S.QUARANTINE:
        assert (told.mismatch, told.status) == (("amount",), status)
    assert "mismatch" in await kinds(journal, payment)
    assert len(await journal.read(lambda r: r.answers(payment.id))) == 1
    receipt = await journal.read(lambda r: r.receipt(payment.receipt_id))
    assert receipt.state is ReceiptState.FROZEN


@pytest.mark.parametrize("fields", [("id",), ("order_id",), ("amount", "id")])
async def test_w7_an_answer_about_somebody_else_changes_nothing_and_is_kept(
    journal: Journal, fields: tuple[str, ...]
) -> None:
    payment = await in_state(journal, _S.OPEN, status="init")
    told = await read(journal, payment, Mismatch(replace(INIT, status="successful"), fields))
    assert told == payment
    assert "mismatch" in await kinds(journal, payment)
    assert len(await journal.read(lambda r: r.answers(payment.id))) == 1


@pytest.mark.parametrize("state", [_S.UNKNOWN, _S.QUARANTINE, _S.ABANDONED])
async def test_p6_p9_found_with_another_sum_only_a_number_that_is_free_becomes_ours(
    journal: Journal, state: PaymentState
) -> None:
    await in_state(journal, _S.OPEN, number="taken")
    payment = await journal.write(bring_to(state))
    theirs = replace(INIT, id="taken")
    assert await read(journal, payment, Mismatch(theirs, ("amount",))) == payment
    ours = await read(journal, payment, Mismatch(INIT, ("amount",)))
    assert ours.payment_id == "p1"


async def test_p9_the_number_of_another_payment_is_kept_once_however_often_it_is_told(
    journal: Journal,
) -> None:
    await in_state(journal, _S.PAID, number=INIT.id, status="successful")
    payment = await in_state(journal, _S.UNKNOWN, number="")
    for _ in range(3):
        assert (await read(journal, payment, says("init"))).state is _S.UNKNOWN
    assert (await kinds(journal, payment)).count("mismatch") == 1
    assert len(await journal.read(lambda r: r.answers(payment.id))) == 1


async def test_w7_the_same_difference_is_kept_once_however_often_it_is_read(
    journal: Journal,
) -> None:
    payment = await in_state(journal, _S.OPEN, status="init")
    for status, fields, kept in (
        ("init", ("order_id",), 1),
        ("init", ("order_id",), 1),
        ("successful", ("order_id",), 2),
        ("successful", ("id",), 3),
        ("init", ("order_id",), 3),
    ):
        await read(journal, payment, Mismatch(replace(INIT, status=status), fields))
        assert len(await journal.read(lambda r: r.answers(payment.id))) == kept
        assert (await kinds(journal, payment)).count("mismatch") == kept


# What was being sent when the program ended


async def test_g3_only_what_is_still_being_sent_is_in_doubt(journal: Journal) -> None:
    sending = await journal.write(bring_to(_S.SENDING))
    assert (await journal.write(lambda r: settle.doubt(r, sending.id))).state is _S.UNKNOWN
    opened = await journal.write(bring_to(_S.OPEN))
    assert await journal.write(lambda r: settle.doubt(r, opened.id)) == opened


async def test_what_can_never_be_sent_is_withdrawn(journal: Journal) -> None:
    sending = await journal.write(bring_to(_S.SENDING))
    assert (await journal.write(lambda r: settle.unsend(r, sending.id))).state is _S.WITHDRAWN
    assert (await journal.write(charge)).state is _S.PREPARED

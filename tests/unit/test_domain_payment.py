"""The tables of decisions.md §1, written down a second time and compared move by move."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest

from cashier.domain.money import Money
from cashier.domain.payment import (
    ALLOWED,
    DEAD_WATCHED,
    LIVE,
    TONES,
    TRANSITIONS,
    Action,
    ForbiddenMoveError,
    Payment,
    PaymentState,
    Standing,
    Tone,
    Word,
    check_move,
    is_known_status,
    is_processing,
    next_state,
    standing,
    word,
)

MOVES = {
    "PREPARED": "SENDING WITHDRAWN",
    "SENDING": "OPEN UNKNOWN REFUSED QUARANTINE PREPARED",
    "OPEN": "PAID FAILED CLOSED CLOSING QUARANTINE",
    "UNKNOWN": "OPEN PAID FAILED CLOSED CLOSING ABANDONED QUARANTINE",
    "CLOSING": "CLOSED PAID FAILED OPEN",
    "REFUSED": "",
    "WITHDRAWN": "",
    "FAILED": "PAID LATE_PAID",
    "CLOSED": "LATE_PAID",
    "ABANDONED": "CLOSING LATE_PAID",
    "QUARANTINE": "CLOSING CLOSED LATE_PAID",
    "PAID": "",
    "LATE_PAID": "",
}
ACTIONS = {
    "PREPARED": "SEND WITHDRAW",
    "SENDING": "",
    "OPEN": "CHECK SHOW_QR BACKGROUND CANCEL",
    "UNKNOWN": "CHECK BACKGROUND DECIDE",
    "CLOSING": "CHECK BACKGROUND",
    "REFUSED": "BACK_TO_RECEIPT",
    "WITHDRAWN": "BACK_TO_RECEIPT",
    "FAILED": "NEW_QR BACK_TO_RECEIPT",
    "CLOSED": "NEW_QR BACK_TO_RECEIPT",
    "ABANDONED": "NEW_QR BACK_TO_RECEIPT",
    "QUARANTINE": "CHECK BACKGROUND DECIDE",
    "PAID": "SLIP REFUND",
    "LATE_PAID": "SLIP REFUND RESTORE_SALE",
}
WORDS = [
    ("PREPARED", "", Word.NOT_SENT, Tone.MUTE),
    ("SENDING", "", Word.CREATING, Tone.ACCENT),
    ("OPEN", "init", Word.WAITING, Tone.ACCENT),
    ("OPEN", "weird", Word.WAITING, Tone.ACCENT),
    ("OPEN", "process", Word.PROCESSING, Tone.ACCENT),
    ("UNKNOWN", "", Word.UNKNOWN, Tone.WARN),
    ("CLOSING", "init", Word.CANCELLING, Tone.MUTE),
    ("REFUSED", "", Word.REFUSED, Tone.BAD),
    ("WITHDRAWN", "", Word.WITHDRAWN, Tone.MUTE),
    ("FAILED", "error", Word.DECLINED, Tone.BAD),
    ("FAILED", "fail", Word.DECLINED, Tone.BAD),
    ("FAILED", "expired", Word.EXPIRED, Tone.MUTE),
    ("CLOSED", "closed", Word.CANCELLED, Tone.MUTE),
    ("ABANDONED", "", Word.NOT_CREATED, Tone.MUTE),
    ("QUARANTINE", "init", Word.MISMATCH, Tone.SOLID_BAD),
    ("PAID", "successful", Word.PAID, Tone.OK),
    ("LATE_PAID", "successful", Word.LATE_PAID, Tone.SOLID_BAD),
]
STANDINGS = {
    Standing.OPEN: "created init process processing whatever refunded",
    Standing.PAID: "successful success SUCCESSFUL",
    Standing.FAILED: "error fail failed",
    Standing.EXPIRED: "expired",
    Standing.CLOSED: "closed cancelled canceled",
}
S = PaymentState


@pytest.mark.parametrize(("old", "new"), list(product(S, S)))
def test_every_move_of_the_table_and_no_other(old: PaymentState, new: PaymentState) -> None:
    if new.value in MOVES[old.value].split():
        check_move(old, new)
    else:
        with pytest.raises(ForbiddenMoveError, match=f"{old.value} -> {new.value}"):
            check_move(old, new)


def test_the_tables_know_every_state() -> None:
    assert {state.value for state in S} == set(MOVES) == set(ACTIONS)
    assert set(TRANSITIONS) == set(ALLOWED) == set(S)
    assert set(S) >= LIVE | DEAD_WATCHED
    assert not LIVE & DEAD_WATCHED


def test_a_paid_payment_stays_paid() -> None:
    assert TRANSITIONS[S.PAID] == TRANSITIONS[S.LATE_PAID] == frozenset()
    for seen in Standing:
        assert next_state(S.PAID, seen, receipt_at_till=True) is None
        assert next_state(S.LATE_PAID, seen, receipt_at_till=True) is None


@pytest.mark.parametrize("state", list(S))
def test_the_actions_of_every_state(state: PaymentState) -> None:
    assert {action.name for action in ALLOWED[state]} == set(ACTIONS[state.value].split())
    payment = payment_in(state)
    for action in Action:
        assert payment.allows(action) == (action.name in ACTIONS[state.value].split())


@pytest.mark.parametrize(("state", "status", "expected", "tone"), WORDS)
def test_the_word_and_the_tone_of_every_state(
    state: str, status: str, expected: Word, tone: Tone
) -> None:
    assert word(S(state), status) is expected
    assert TONES[expected] is tone
    assert payment_in(S(state), status=status).word is expected


def test_every_word_is_reached_and_has_a_tone() -> None:
    assert {expected for _, _, expected, _ in WORDS} == set(Word) == set(TONES)
    assert {state for state, *_ in WORDS} == {state.value for state in S}


@pytest.mark.parametrize(
    ("status", "expected"),
    [(text, meaning) for meaning, texts in STANDINGS.items() for text in texts.split()],
)
def test_what_a_gateway_status_means(status: str, expected: Standing) -> None:
    assert standing(status) is standing(f" {status.upper()} ") is expected


def test_an_unknown_status_waits_and_is_told_apart() -> None:
    """G22: a status nobody knows is neither success nor failure."""
    assert standing("authorised") is Standing.OPEN
    assert not is_known_status("authorised")
    assert is_known_status("Expired")
    assert is_known_status("process")
    assert is_processing("Process")
    assert not is_processing("init")


@pytest.mark.parametrize(("state", "seen"), list(product(S, Standing)))
def test_a_read_only_ever_moves_along_the_table(state: PaymentState, seen: Standing) -> None:
    for at_till in (False, True):
        moved = next_state(state, seen, receipt_at_till=at_till)
        if moved is not None:
            check_move(state, moved)


@pytest.mark.parametrize(
    ("state", "seen", "expected"),
    [
        (S.OPEN, Standing.OPEN, None),
        (S.OPEN, Standing.PAID, S.PAID),
        (S.OPEN, Standing.FAILED, S.FAILED),
        (S.OPEN, Standing.EXPIRED, S.FAILED),
        (S.OPEN, Standing.CLOSED, S.CLOSED),
        (S.UNKNOWN, Standing.OPEN, S.OPEN),
        (S.UNKNOWN, Standing.PAID, S.PAID),
        (S.CLOSING, Standing.OPEN, None),
        (S.CLOSING, Standing.PAID, S.PAID),
        (S.CLOSING, Standing.CLOSED, S.CLOSED),
        (S.FAILED, Standing.OPEN, None),
        (S.FAILED, Standing.CLOSED, None),
        (S.FAILED, Standing.PAID, S.LATE_PAID),
        (S.CLOSED, Standing.PAID, S.LATE_PAID),
        (S.CLOSED, Standing.OPEN, None),
        (S.ABANDONED, Standing.OPEN, S.CLOSING),
        (S.ABANDONED, Standing.PAID, S.LATE_PAID),
        (S.ABANDONED, Standing.CLOSED, None),
        (S.QUARANTINE, Standing.PAID, S.LATE_PAID),
        (S.QUARANTINE, Standing.CLOSED, S.CLOSED),
        (S.QUARANTINE, Standing.FAILED, S.CLOSED),
        (S.QUARANTINE, Standing.OPEN, None),
        (S.PREPARED, Standing.PAID, None),
        (S.SENDING, Standing.PAID, None),
    ],
)
def test_where_a_read_takes_a_payment(
    state: PaymentState, seen: Standing, expected: PaymentState | None
) -> None:
    assert next_state(state, seen) is expected


def test_a_second_try_on_the_page_completes_the_sale_while_the_receipt_is_at_the_till() -> None:
    """W6, W4: the same money is late once the receipt has gone on."""
    assert next_state(S.FAILED, Standing.PAID, receipt_at_till=True) is S.PAID
    assert next_state(S.FAILED, Standing.PAID, receipt_at_till=False) is S.LATE_PAID


def test_an_attempt_is_known_by_its_tag_and_whether_it_is_live() -> None:
    payment = payment_in(S.OPEN)
    assert payment.tag == "0f" * 4
    assert payment.is_live
    assert not payment_in(S.PAID).is_live


def payment_in(state: PaymentState, *, status: str = "") -> Payment:
    now = datetime(2026, 1, 2, tzinfo=UTC)
    return Payment(
        id="0f" * 16,
        receipt_id="r",
        receipt_number="187-058",
        attempt=1,
        order_id="ab" * 16,
        state=state,
        amount=Money(100),
        terminal_id="45",
        terminal_name="Касса 2",
        merchant_id="m",
        base_url="http://127.0.0.1/api/v2",
        created_at=now,
        changed_at=now,
        status=status,
    )

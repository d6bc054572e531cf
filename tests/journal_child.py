"""A till's process that a test kills: `python -m tests.journal_child SCENARIO FOLDER`.

It says "ready" or the order id of each commit, one a line, and then waits to be killed.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import anyio

from cashier.domain.failure import CashierError
from cashier.domain.payment import Payment, PaymentState
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from tests.journal_samples import NOW, bring_to, charge, draft, open_journal


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 -- its parent reads it


def _wait_to_be_killed() -> None:
    sys.stdin.read()


async def before_the_intent_is_committed(journal: Journal) -> None:
    await journal.write(lambda ledger: ledger.save_receipt(draft("Молоко")))

    def charged(ledger: Ledger) -> None:
        charge(ledger)
        _say("ready")
        _wait_to_be_killed()

    await journal.write(charged)


async def before_sending(journal: Journal) -> None:
    await journal.write(charge)
    _say("ready")
    _wait_to_be_killed()


async def before_the_answer_is_taken_in(journal: Journal) -> None:
    payment = await journal.write(bring_to(PaymentState.SENDING))
    await journal.write(
        lambda ledger: ledger.keep_answer(
            payment.id, call="CreatePayment", http_status=200, body=b"{}", received_at=NOW
        )
    )

    def opened(ledger: Ledger) -> Payment:
        moved = ledger.move(payment, PaymentState.OPEN)
        _say("ready")
        _wait_to_be_killed()
        return moved

    await journal.write(opened)


async def before_the_result_is_shown(journal: Journal) -> None:
    await journal.write(bring_to(PaymentState.PAID))
    _say("ready")
    _wait_to_be_killed()


async def endless_writes(journal: Journal) -> None:
    while True:
        payment = await journal.write(charge)
        _say(payment.order_id)


SCENARIOS: dict[str, Callable[[Journal], Awaitable[None]]] = {
    run.__name__: run
    for run in (
        before_the_intent_is_committed,
        before_sending,
        before_the_answer_is_taken_in,
        before_the_result_is_shown,
        endless_writes,
    )
}


def main() -> None:
    scenario, folder = sys.argv[1:]
    try:
        journal = open_journal(Path(folder))
    except CashierError as error:
        _say(error.failure.value)
        return
    anyio.run(SCENARIOS[scenario], journal)


if __name__ == "__main__":
    main()

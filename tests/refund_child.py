"""A till's process that refunds one payment over and over: `... URL TILL PAYMENT TIMES`.

It prints how many refunds were made and how many were over the budget.
"""

from __future__ import annotations

import sys
from collections import Counter

import anyio

from cashier.clock import SystemClock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import Payment
from cashier.domain.refund import Refund, RefundState
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from tests.refund_samples import give_back

_EXPECTED = (Failure.REFUND_OVER_BUDGET, Failure.REFUND_UNSETTLED, Failure.JOURNAL_BUSY)


async def refund_over_and_over(journal: Journal, payment_id: str, times: int) -> Counter[str]:
    """Each refund is of 1.00, and the bank accepts it at once; the other till's turn is waited for.

    Raises any other CashierError.
    """
    payment = await journal.read(lambda reader: reader.payment(payment_id))
    outcomes: Counter[str] = Counter()
    while outcomes["made"] + outcomes[Failure.REFUND_OVER_BUDGET.value] < times:
        try:
            await _refund(journal, payment)
            outcomes["made"] += 1
        except CashierError as error:
            if error.failure not in _EXPECTED:
                raise
            outcomes[error.failure.value] += 1
    return outcomes


async def _refund(journal: Journal, payment: Payment) -> None:
    refund = give_back(payment, 1_00)
    prepared = await journal.write(lambda ledger: ledger.add_refund(refund))

    def answered(ledger: Ledger) -> Refund:
        sending = ledger.move_refund(prepared, RefundState.SENDING)
        return ledger.move_refund(sending, RefundState.ACCEPTED)

    await journal.write(answered)


def main() -> None:
    url, till, payment_id, times = sys.argv[1:]
    journal = Journal.open(url, till=till, clock=SystemClock())
    try:
        outcomes = anyio.run(refund_over_and_over, journal, payment_id, int(times))
    finally:
        journal.close()
    print(outcomes["made"], outcomes[Failure.REFUND_OVER_BUDGET.value])  # noqa: T201 -- for its parent


if __name__ == "__main__":
    main()

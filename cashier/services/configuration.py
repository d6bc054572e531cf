"""Whether this person may change these settings, and the record of who has."""

from __future__ import annotations

from cashier.domain.failure import CashierError, Failure
from cashier.domain.staff import Right
from cashier.journal.journal import Journal
from cashier.services.staff import Approval, Staff
from cashier.settings import EVERYONES, Settings

API_KEY = "api_key"
"""How a changed key is called in the record. The key itself is never written down."""
_WHERE = {"merchant_id", "base_url"}
"""What is open can be asked about there only (row G28)."""


class Configuration:
    """Asked before settings or a key are saved; saving itself is the application's."""

    def __init__(self, *, journal: Journal, staff: Staff) -> None:
        self._journal = journal
        self._staff = staff

    async def allow(
        self,
        before: Settings,
        after: Settings,
        *,
        has_new_key: bool = False,
        approval: Approval | None = None,
    ) -> None:
        """Record that this change is about to be saved: the names of its fields, no values.

        Language and looks are everyone's, also while nobody is at the till. Raises RIGHT_MISSING,
        with nothing recorded, for all else without Right.SETTINGS, and TILL_NAME_TAKEN for the
        number of another till of the same journal, OPEN_PAYMENTS(count) for another merchant or
        address while something there has no certain end.
        """
        if not self._journal.is_file and after.till_number != before.till_number:
            name = str(after.till_number)
            if name in await self._journal.read(lambda reader: reader.tills()):
                raise CashierError(Failure.TILL_NAME_TAKEN, name=name)
        names = after.changed_since(before)
        if _WHERE & set(names) and before.is_training == after.is_training:
            count = await self._journal.read(lambda reader: reader.count_unsettled())
            if count:
                raise CashierError(Failure.OPEN_PAYMENTS, count=count)
        changed = (*names, API_KEY) if has_new_key else names
        if not changed:
            return
        facts: dict[str, object] = {"fields": list(changed)}
        person = self._staff.current
        by = person.id if person is not None else ""
        if not EVERYONES.issuperset(changed):
            actor = await self._staff.require(Right.SETTINGS, approval)
            by = actor.id
            facts["approver"] = actor.approver
        await self._journal.write(
            lambda ledger: ledger.record("settings.changed", "", facts), actor=by
        )

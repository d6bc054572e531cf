"""The way back where there is no till: the journal is damaged, missing or older than its anchor.

Who may put a copy back is asked of the copy itself: its administrators, with the PINs they had.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import anyio
import anyio.to_thread

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.staff import Person, Right, role_for
from cashier.journal import restoring
from cashier.journal.anchor import Anchor
from cashier.journal.copies import Copy, Verified, copies_of, read_copy, verify_copy
from cashier.journal.reader import Reader
from cashier.journal.restoring import Restored
from cashier.journal.writing import Surroundings
from cashier.services.approvals import Approval, Approvals
from cashier.services.pin_hash import PinHasher
from cashier.services.rescue_pins import RescuePins


class Rescue:
    """Lives on the network thread of a window that has no till. All raise CashierError.

    PINs are neither kept nor logged. Wrong ones are counted beside the journal (`RescuePins`).
    """

    def __init__(
        self,
        journal: Path,
        anchor: Path,
        clock: Clock,
        *,
        hasher: PinHasher | None = None,
        new_id: Callable[[], str] = lambda: uuid.uuid4().hex,
    ) -> None:
        self._journal = journal
        self._anchor = Anchor(anchor)
        self._clock = clock
        self._hasher = hasher or PinHasher()
        self._new_id = new_id
        self._approvals = Approvals(clock, new_id)
        self._people: dict[str, tuple[Person, str]] = {}
        self._pins = RescuePins(journal.with_name(f"{journal.name}.pins"), clock)
        self._one_at_a_time = anyio.Lock()

    async def copies(self) -> tuple[Copy, ...]:
        """The verified copies, the newest first."""
        return await anyio.to_thread.run_sync(copies_of, self._journal)

    async def choose(self, file: Path) -> Verified:
        """Check this copy, and ask its people from now on. Raises COPY_DAMAGED, JOURNAL_NEWER."""
        found = await anyio.to_thread.run_sync(verify_copy, file)
        people = await anyio.to_thread.run_sync(read_copy, file, _people)
        self._people = {person.id: (person, hashed) for person, hashed in people}
        self._approvals.drop()
        return found

    async def people(self) -> tuple[Person, ...]:
        """Everybody in the copy that was chosen, `lock_left` as it is here and now."""
        people = [person for person, _ in self._people.values()]
        return tuple([replace(one, lock_left=await self._pins.left(one.id)) for one in people])

    async def approve(self, person_id: str, pin: str, right: Right) -> Approval:
        """Raises RIGHT_MISSING, PIN_WRONG(left), PIN_LOCKED(seconds), FOLDER_UNWRITABLE."""
        person, hashed = self._people[person_id]
        if not person.may(right):
            raise CashierError(Failure.RIGHT_MISSING, right=right, role=role_for(right))
        with anyio.CancelScope(shield=True):
            async with self._one_at_a_time:
                await self._check(person, hashed, pin)
        return self._approvals.give(right, person)

    async def restore(self, file: Path, approval: Approval) -> Restored:
        """Put the copy in the journal's place. Raises RIGHT_MISSING, and as `restoring.restore`."""
        person = self._approvals.spend(approval, Right.RESTORE)
        return await self.put_back(file, by=person.id, approver=person.id)

    async def put_back(self, file: Path, *, by: str, approver: str) -> Restored:
        """The same where it is allowed already; the till that allowed it is closed."""
        around = Surroundings(self._clock, self._new_id, lambda: None)
        put_back = partial(
            restoring.restore,
            self._journal,
            file,
            anchor=self._anchor,
            around=around,
            by=by,
            approver=approver,
        )
        with anyio.CancelScope(shield=True):
            restored = await anyio.to_thread.run_sync(put_back)
        return restored  # noqa: RET504  inside the scope mypy would miss a return

    async def _check(self, person: Person, hashed: str, pin: str) -> None:
        """A door that was shut when the copy was made is not shut here by that."""
        left = await self._pins.left(person.id)
        if left > 0:
            raise CashierError(Failure.PIN_LOCKED, seconds=left)
        if not await self._hasher.matches("" if person.is_off else hashed, pin):
            raise await self._pins.count(person.id)
        await self._pins.forget(person.id)


def _people(reader: Reader) -> list[tuple[Person, str]]:
    return [(one, reader.pin_hash(one.id)) for one in reader.people()]

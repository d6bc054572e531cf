"""Wrong PINs at a journal that cannot be written, kept in a small file beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import anyio.to_thread

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.staff import WRONG_PINS, lock_after
from cashier.whole_file import replace_whole


@dataclass(frozen=True, slots=True)
class _Tries:
    """`wrong` in a row; `until` on the monotonic clock."""

    wrong: int
    until: float


class RescuePins:
    """Counts a person's wrong PINs and shuts the door as the till does (decisions, section 6).

    The count is on the disk before anybody hears of it; after a restart a door that was shut is
    shut for its whole time again. Whoever can write to the folder of the journal can remove the
    file, and with it the count: nothing that stands there can be kept from them. What they gain is
    more tries at the PINs of copies that they could take away and try at home as well.
    """

    def __init__(self, file: Path, clock: Clock) -> None:
        self._file = file
        self._clock = clock
        self._tries: dict[str, _Tries] | None = None

    async def left(self, person_id: str) -> float:
        """Seconds for which the door stays shut, 0 while it is open."""
        known = (await self._known()).get(person_id)
        return 0.0 if known is None else max(0.0, known.until - self._clock.monotonic())

    async def count(self, person_id: str) -> CashierError:
        """One more wrong PIN, and what to say of it: PIN_WRONG(left) or PIN_LOCKED(seconds).

        Raises CashierError(FOLDER_UNWRITABLE) when it cannot be written down.
        """
        known = await self._known()
        wrong = known[person_id].wrong + 1 if person_id in known else 1
        seconds = float(lock_after(wrong))
        known[person_id] = _Tries(wrong, self._clock.monotonic() + seconds)
        await self._store(known)
        if not seconds:
            return CashierError(Failure.PIN_WRONG, left=WRONG_PINS - wrong)
        return CashierError(Failure.PIN_LOCKED, seconds=seconds)

    async def forget(self, person_id: str) -> None:
        """The right PIN came. Raises CashierError(FOLDER_UNWRITABLE)."""
        known = await self._known()
        if known.pop(person_id, None) is not None:
            await self._store(known)

    async def _known(self) -> dict[str, _Tries]:
        if self._tries is None:
            counts = await anyio.to_thread.run_sync(_read, self._file)
            now = self._clock.monotonic()
            self._tries = {one: _Tries(n, now + lock_after(n)) for one, n in counts.items()}
        return self._tries

    async def _store(self, known: dict[str, _Tries]) -> None:
        data = json.dumps({one: tries.wrong for one, tries in known.items()}).encode()
        try:
            await anyio.to_thread.run_sync(replace_whole, self._file, data)
        except OSError as error:
            raise CashierError(
                Failure.FOLDER_UNWRITABLE, folder=str(self._file.parent), reason=error.strerror
            ) from error


def _read(file: Path) -> dict[str, int]:
    """Counts by person. A file that is gone or that says nothing of the kind counts for nobody."""
    try:
        told = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(told, dict):
        return {}
    return {
        one: wrong
        for one, wrong in told.items()
        if isinstance(wrong, int) and not isinstance(wrong, bool) and wrong > 0
    }

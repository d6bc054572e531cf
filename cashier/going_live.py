"""What the first start asked for besides settings: the administrator and the terminal."""

from __future__ import annotations

from typing import Protocol

from cashier.domain.terminal import NewTerminal
from cashier.services.staff_rules import NewAdministrator
from cashier.services.till import Till
from cashier.ui.background import Background


class Unlocked(Protocol):
    """The lock's signal."""

    def connect(self, slot: object, /) -> object: ...

    def disconnect(self, slot: object, /) -> object: ...


def go_live(
    till: Till,
    background: Background,
    unlocked: Unlocked,
    alias: str,
    new: NewTerminal | None,
    administrator: NewAdministrator | None,
) -> None:
    """Make the administrator; the terminal once somebody is at the till for the first time."""

    async def add_terminal() -> None:
        if new is not None:
            await till.terminals.create(new)
        elif alias:
            await till.terminals.add(alias)

    def once(_: object) -> None:
        unlocked.disconnect(once)
        background.start(add_terminal)

    unlocked.connect(once)
    if administrator is not None:
        background.start(till.staff.make_administrator, administrator.name, administrator.pin)

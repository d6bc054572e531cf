"""The terminals this till remembers: found, created, chosen, renamed here, forgotten here.

The gateway has no list of terminals (SPEC 7.2), so that what is known is what was added. Looking
and choosing needs nobody; changing the list needs Right.TERMINALS.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

import anyio

from cashier.clock import Clock
from cashier.domain.failure import CashierError, Failure
from cashier.domain.money import Currency
from cashier.domain.staff import Right
from cashier.domain.terminal import (
    ALIAS_LIMIT,
    NAME_LIMIT,
    NewTerminal,
    Terminal,
    TerminalInfo,
    TerminalState,
)
from cashier.gateway.addresses import is_training
from cashier.gateway.client import Gateway
from cashier.gateway.outcome import Ok, Outcome, RawAnswer, Refused, Unknown
from cashier.gateway.requests import CLIENTS, GUIDE, TypeSpelling
from cashier.journal.journal import Journal
from cashier.journal.ledger import Ledger
from cashier.services import schedule
from cashier.services.health import Health
from cashier.services.staff import Approval, Staff
from cashier.services.terminal_answers import merged, trouble_with
from cashier.services.terminal_turn import Turn
from cashier.services.traffic import Priority, Traffic

logger = logging.getLogger(__name__)

NOT_FOUND_CODES = frozenset({3, 7, 11})
VALIDATION_FROM = 400


@dataclass(frozen=True, slots=True)
class Found:
    """An answer to a look-up: the terminal, or None when the gateway has none by that key."""

    info: TerminalInfo | None
    latency: float


class Terminals:
    """Use cases over terminals. All raise CashierError with the failure of the call.

    RIGHT_MISSING, with nothing written or sent, from those that take an `approval`.
    """

    def __init__(
        self,
        *,
        journal: Journal,
        gateway: Gateway,
        clock: Clock,
        traffic: Traffic,
        health: Health,
        staff: Staff,
    ) -> None:
        self._journal = journal
        self._gateway = gateway
        self._clock = clock
        self._traffic = traffic
        self._health = health
        self._staff = staff
        self._known: tuple[Terminal, ...] = ()
        self._chosen_key: int | None = None
        self._adding = anyio.Lock()
        self.changed = _nothing

    @property
    def known(self) -> tuple[Terminal, ...]:
        """As remembered, in the order they were added."""
        return self._known

    @property
    def chosen(self) -> Terminal | None:
        """The terminal that the next payment goes to: the picked one, else the default."""
        for terminal in self._known:
            if terminal.key == self._chosen_key:
                return terminal
        return next((terminal for terminal in self._known if terminal.is_default), None)

    async def load(self) -> tuple[Terminal, ...]:
        """Read what is remembered; needs no network."""
        self._known = tuple(await self._journal.read(lambda reader: reader.terminals()))
        self.changed()
        return self._known

    async def choose(self, key: int) -> Terminal:
        """Take this terminal for the next payments, until another is picked or a restart."""
        terminal = self._get(key)
        self._chosen_key = key
        self.changed()
        return terminal

    async def make_default(self, key: int, *, approval: Approval | None = None) -> Terminal:
        """The terminal this till starts with."""
        actor = await self._staff.require(Right.TERMINALS, approval)

        def change(ledger: Ledger) -> None:
            ledger.set_default_terminal(key)
            ledger.record("terminal.made_default", str(key), {})

        await self._journal.write(change, actor=actor.id)
        self._chosen_key = key
        await self.load()
        return self._get(key)

    async def look_up(self, alias: str) -> Found:
        """Whether the gateway has a terminal by this alias (SPEC 7.2.2). Remembers nothing."""
        return await self._find(alias=alias)

    async def add(
        self, key: str, currency: Currency = Currency.RUB, *, approval: Approval | None = None
    ) -> Terminal:
        """Remember the terminal with this alias, else with this id.

        Raises TERMINAL_NOT_FOUND when the gateway has neither, FIELD_INVALID for an empty key.
        """
        key = key.strip()
        if not key:
            raise CashierError(Failure.FIELD_INVALID, field="alias", rule="empty")
        actor = await self._staff.require(Right.TERMINALS, approval)
        async with self._adding:
            found = Found(None, 0.0)
            if len(key) <= ALIAS_LIMIT:
                found = await self._find(alias=key)
            alias = key if found.info else ""
            if found.info is None:
                found = await self._find(id=key)
            if found.info is None:
                raise CashierError(Failure.TERMINAL_NOT_FOUND, key=key)
            return await self._remember(found.info, alias, currency, found.latency, actor.id)

    async def create(
        self,
        new: NewTerminal,
        currency: Currency = Currency.RUB,
        *,
        approval: Approval | None = None,
    ) -> Terminal:
        """Create a terminal, or add the one that has the alias already (SPEC 7.2.1, row T2).

        Never creates twice: a silence is answered by look-ups of the alias (row T1). Raises
        REFUSED, TERMINAL_OUTCOME_UNKNOWN, or the failure that proved that nothing was sent.
        """
        actor = await self._staff.require(Right.TERMINALS, approval)
        return await self._create_once(new, currency, actor.id)

    async def prepare(self, new: NewTerminal) -> Terminal:
        """As `create`, needing nobody: training's first terminal is there before its people.

        Raises NOT_ALLOWED for a gateway that is not on this machine, or once there is a terminal.
        """
        if self._known or not is_training(self._gateway.base_url):
            raise CashierError(Failure.NOT_ALLOWED, action="prepare")
        return await self._create_once(new, Currency.RUB, "")

    async def rename(self, key: int, name: str, *, approval: Approval | None = None) -> Terminal:
        """Call it something else on this till; "" goes back to the gateway's name."""
        name = name.strip()
        if len(name) > NAME_LIMIT:
            raise CashierError(
                Failure.FIELD_INVALID, field="name", rule="too_long", limit=NAME_LIMIT
            )
        actor = await self._staff.require(Right.TERMINALS, approval)
        self._get(key)

        def change(ledger: Ledger) -> Terminal:
            terminal = ledger.locked_terminal(key)
            ledger.record("terminal.renamed", str(key), {"name": name})
            return ledger.remember_terminal(replace(terminal, own_name=name))

        renamed = await self._journal.write(change, actor=actor.id)
        await self.load()
        return renamed

    async def check(self, key: int) -> Terminal:
        """Ask the gateway whether it still has it; remembers what it says (row T4)."""
        terminal = self._get(key)
        found = Found(None, 0.0)
        if terminal.info.alias:
            found = await self._find(alias=terminal.info.alias)
        if found.info is None or found.info.id != terminal.info.id:
            found = await self._find(id=terminal.info.id)
        terminal = self._get(key)  # it may have been renamed or forgotten meanwhile
        info = merged(terminal.info, found.info) if found.info else terminal.info
        state = TerminalState.WORKING if found.info else TerminalState.NOT_FOUND
        return await self._save(
            replace(
                terminal,
                info=info,
                state=state,
                checked_at=self._clock.utc(),
                latency=found.latency,
            )
        )

    async def forget(self, key: int, *, approval: Approval | None = None) -> None:
        """Forget it here; the gateway keeps it. Raises TERMINAL_IN_USE while money may move."""
        actor = await self._staff.require(Right.TERMINALS, approval)
        terminal = self._get(key)

        def change(ledger: Ledger) -> None:
            busy = ledger.live_on_terminal(terminal.info.id)
            if busy:
                raise CashierError(Failure.TERMINAL_IN_USE, count=len(busy))
            ledger.forget_terminal(key)

        await self._journal.write(change, actor=actor.id)
        if self._chosen_key == key:
            self._chosen_key = None
        await self.load()

    async def keep_in_touch(self) -> None:
        """At rest, ask for the chosen terminal once a minute, so that the header tells the truth.

        Runs until cancelled.
        """
        while True:
            await self._clock.wait(self._health.idle_wait())
            terminal = self.chosen
            last = self._health.view.last_answer
            is_fresh = (
                last is not None and self._clock.monotonic() - last < self._health.idle_wait() * 0.9
            )
            if terminal is None or is_fresh:
                continue
            try:
                async with self._traffic.call(Priority.BACKGROUND):
                    alias = terminal.info.alias
                    await self._gateway.get_terminal(
                        alias=alias, id="" if alias else terminal.info.id
                    )
            except CashierError as error:
                logger.info("the gateway cannot be asked: %s", error.failure.value)

    # The calls

    async def _find(self, *, alias: str = "", id: str = "") -> Found:  # noqa: A002
        began = self._clock.monotonic()
        async with self._traffic.call(Priority.SCREEN):
            outcome = await self._gateway.get_terminal(alias=alias, id=id)
        latency = self._clock.monotonic() - began
        match outcome:
            case Ok(info):
                return Found(info, latency)
            case Refused(code, _, _) if code in NOT_FOUND_CODES:
                return Found(None, latency)
            case Refused(code, _, fields) if id and code >= VALIDATION_FROM and "alias" in fields:
                # The guide's table wants an alias: such a gateway finds nothing by its id.
                return Found(None, latency)
            case _:
                raise trouble_with(outcome)

    async def _create_once(self, new: NewTerminal, currency: Currency, actor: str) -> Terminal:
        async with self._adding, Turn(self._journal, self._clock, new.alias):
            known = await self._find(alias=new.alias)
            if known.info is not None:
                return await self._remember(known.info, new.alias, currency, known.latency, actor)
            with anyio.CancelScope(shield=True):
                info = await self._create(new, actor)
                made = await self._remember(info, new.alias, currency, None, actor)
        return made

    async def _create(self, new: NewTerminal, actor: str) -> TerminalInfo:
        spelling = await self._spelling()
        outcome = await self._send(new, spelling, actor)
        if isinstance(outcome, Refused) and await self._is_about_type(outcome, new):
            spelling = CLIENTS if spelling is GUIDE else GUIDE
            outcome = await self._send(new, spelling, actor)
        match outcome:
            case Ok(info):
                await self._learn(spelling)
                return info
            case Unknown():
                return await self._look_for(new.alias)
            case _:
                raise trouble_with(outcome)

    async def _send(
        self, new: NewTerminal, spelling: TypeSpelling, actor: str
    ) -> Outcome[TerminalInfo]:
        async def keep(raw: RawAnswer) -> None:
            await self._journal.write(
                lambda ledger: ledger.keep_answer(
                    "",
                    call=raw.call,
                    http_status=raw.http_status,
                    body=raw.body,
                    received_at=raw.received_at,
                )
            )

        facts: dict[str, object] = {"name": new.name, "spelling": spelling.value}
        await self._journal.write(
            lambda ledger: ledger.record("terminal_sending", new.alias, facts), actor=actor
        )
        async with self._traffic.call(Priority.MONEY):
            return await self._gateway.create_terminal(new, spelling=spelling, keep=keep)

    async def _is_about_type(self, refused: Refused, new: NewTerminal) -> bool:
        """The guide and the live service spell the type differently (`dynamic`, `dynamical`)."""
        named = "type" in refused.fields or "type" in refused.text.lower()
        if not named and refused.code < VALIDATION_FROM:
            return False
        return (await self._find(alias=new.alias)).info is None

    async def _look_for(self, alias: str) -> TerminalInfo:
        for wait in schedule.LOOK_UPS:
            await self._clock.wait(wait)
            try:
                found = await self._find(alias=alias)
            except CashierError as error:
                logger.info("looking for terminal %s: %s", alias, error.failure.value)
                continue
            if found.info is not None:
                return found.info
        raise CashierError(Failure.TERMINAL_OUTCOME_UNKNOWN, alias=alias)

    async def _spelling(self) -> TypeSpelling:
        name = self._spelling_note
        noted = await self._journal.read(lambda reader: reader.note(name))
        return TypeSpelling(noted) if noted else GUIDE

    async def _learn(self, spelling: TypeSpelling) -> None:
        name = self._spelling_note
        await self._journal.write(lambda ledger: ledger.set_note(name, spelling.value))

    @property
    def _spelling_note(self) -> str:
        return f"type_spelling:{self._gateway.merchant_id}"

    # What is remembered

    def _get(self, key: int) -> Terminal:
        for terminal in self._known:
            if terminal.key == key:
                return terminal
        raise CashierError(Failure.NOT_FOUND, terminal=key)

    async def _remember(
        self, info: TerminalInfo, alias: str, currency: Currency, latency: float | None, actor: str
    ) -> Terminal:
        if alias and not info.alias:
            info = replace(info, alias=alias)
        before = next((one for one in self._known if one.info.id == info.id), None)
        terminal = before or Terminal(
            key=0,
            info=info,
            currency=currency,
            is_default=not any(one.is_default for one in self._known),
        )
        if before is not None:
            info = merged(before.info, info)
        return await self._save(
            replace(
                terminal,
                info=info,
                state=TerminalState.WORKING,
                checked_at=self._clock.utc(),
                latency=latency,
            ),
            actor,
        )

    async def _save(self, terminal: Terminal, actor: str = "") -> Terminal:
        def change(ledger: Ledger) -> Terminal:
            if terminal.key == 0:
                return ledger.remember_terminal(terminal)
            # What people call it here may have been changed at another till meanwhile.
            name = ledger.locked_terminal(terminal.key).own_name
            return ledger.remember_terminal(replace(terminal, own_name=name))

        saved = await self._journal.write(change, actor=actor)
        await self.load()
        return saved


def _nothing() -> None:
    return None

"""Cuts a call, and judges whether what the client says of it is true."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from cashier.gateway.calls import Call
from cashier.gateway.deadlines import Deadlines, Limit
from cashier.gateway.outcome import NotSent, Ok, Outcome, Refused
from tests.network.proxy import AT_ONCE, Cut, End, FaultProxy, Flow, Pace, Side
from tests.network.world import Deed, World

PATIENT, BRIEF = 10.0, 0.25
SLACK = 5.0
"""Seconds; a busy machine may be late, but nothing waits for ever."""
TRIES = 4

PACES = {
    "latency": Pace(latency=0.05),
    "slices": Pace(piece=7, pause=0.001),
    "drip": Pace(piece=1),
    "bandwidth": Pace(latency=0.01, piece=100, pause=0.005),
}
ENDLESS = Pace(piece=1, pause=0.02)


@dataclass(frozen=True, slots=True)
class Task:
    """Every `stride`-th byte of one call, from `start` on, and the boundaries, with one end."""

    call: Call
    end: End
    is_refused: bool = False
    stride: int = 1
    start: int = 0


@dataclass(slots=True)
class Tally:
    """What came of many cuts."""

    cuts: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    lookups: int = 0
    problems: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.cuts += other.cuts
        self.classes += other.classes
        self.lookups += other.lookups
        self.problems += other.problems


def limits(seconds: float, total: float | None = None) -> Deadlines:
    """The same limit for every call and step; none is torn in the middle of a step by `total`.

    A handshake that is torn so keeps its socket until the other side closes it.
    """
    one = Limit(seconds, seconds, seconds, 2 * seconds + SLACK if total is None else total)
    return Deadlines(one, one, one, one, one)


def run(task: Task) -> Tally:
    """Cut everywhere that the task says."""
    return asyncio.run(_run(task))


async def _run(task: Task) -> Tally:
    tally = Tally()
    with World(refused=task.is_refused) as world:
        asked, told = await _lengths(world, task.call)
        cuts = list(_cuts(task, asked, told))
        for group in groups(cuts, 32 if task.end is End.SILENCE else 4):
            for one in await asyncio.gather(*(_cut(world, task, cut) for cut in group)):
                tally.add(one)
    return tally


def groups(cuts: list[Cut], size: int) -> Iterator[list[Cut]]:
    """Cuts that are made at the same time."""
    return (cuts[first : first + size] for first in range(0, len(cuts), size))


async def _lengths(world: World, call: Call) -> tuple[bytes, bytes]:
    """The request and the answer of the call, when nobody cuts them."""
    async with FaultProxy(world.port) as proxy:
        gate = world.client(proxy.port, limits(PATIENT))
        await world.deed(call).act(gate)
        await gate.aclose()
    (flow,) = proxy.flows
    return bytes(flow.asked), bytes(flow.told)


def _cuts(task: Task, asked: bytes, told: bytes) -> Iterator[Cut]:
    """A whole request is not cut: that is the cut before the first byte of its answer."""
    request, answer = _places(asked, task), [*_places(told, task), len(told)]
    if not task.is_refused:
        yield from (Cut(Side.REQUEST, at, task.end) for at in request)
    yield from (Cut(Side.ANSWER, at, task.end) for at in answer)


def _places(whole: bytes, task: Task) -> Sequence[int]:
    """Where to cut: never at the end."""
    body = whole.index(b"\r\n\r\n") + 4
    edges = {0, 1, whole.index(b"\r\n"), body - 1, body, body + 1, len(whole) - 1}
    return sorted({*range(task.start % task.stride, len(whole), task.stride), *edges})


async def _cut(world: World, task: Task, cut: Cut) -> Tally:
    """One cut, again with more patience where the deadline came before it, or before the answer."""
    seconds = BRIEF if task.end is End.SILENCE else PATIENT
    for _ in range(TRIES):
        made = await _once(world, task.call, cut, seconds)
        if made.was_cut and not made.was_late:
            break
        seconds *= 4
    where = f"{task.call.value} {cut.side.value} byte {cut.at} {cut.end.value}"
    problems = [f"{where}: {problem}" for problem in made.problems]
    if not made.was_cut:
        problems.append(f"{where}: never came to the cut")
    return Tally(1, Counter([made.outcome]), made.lookups, problems)


@dataclass(frozen=True, slots=True)
class _Made:
    was_cut: bool
    was_late: bool
    outcome: str
    lookups: int
    problems: list[str]


async def _once(
    world: World,
    call: Call,
    cut: Cut | None,
    seconds: float,
    pace: Pace = AT_ONCE,
    total: float | None = None,
) -> _Made:
    deed = world.deed(call)
    async with FaultProxy(world.port, cut, pace=pace) as proxy:
        gate = world.client(proxy.port, limits(seconds, total))
        began = time.monotonic()
        outcome = await deed.act(gate)
        took = time.monotonic() - began
        await gate.aclose()
        if cut is not None:
            await proxy.settled()
    problems = list(judge(outcome, proxy.flows, deed, cut))
    if took > 2 * seconds + 2 * SLACK:
        problems.append(f"took {took:.1f} s")
    lookups = 0
    if deed.finds is not None and not isinstance(outcome, Ok | Refused):
        lookups = 1
        problems += await _look_up(world, deed)
    was_cut = any(flow.was_cut for flow in proxy.flows)
    was_late = took >= seconds and any(flow.is_told_whole for flow in proxy.flows)
    return _Made(was_cut, was_late, type(outcome).__name__, lookups, problems)


async def _look_up(world: World, deed: Deed) -> list[str]:
    """What a lost answer was about is found exactly when it is there."""
    assert deed.finds is not None
    assert deed.done is not None
    gate = world.client(world.port, limits(PATIENT))
    found = await deed.finds(gate)
    await gate.aclose()
    return [] if found == bool(deed.done()) else [f"done {deed.done()} times but found: {found}"]


def judge(outcome: Outcome[Any], flows: list[Flow], deed: Deed, cut: Cut | None) -> Iterator[str]:
    """What is not true of an outcome."""
    done = deed.done() if deed.done is not None else 0
    if len(flows) > 1:
        yield f"was sent {len(flows)} times"
    if done > 1:
        yield f"was done {done} times"
    is_told = any(flow.is_told_whole for flow in flows)
    match outcome:
        case NotSent():
            if any(flow.asked for flow in flows) or done:
                yield "not sent, but bytes were"
        case Ok(value=value):
            yield from _judge_ok(value, deed, is_told=is_told, done=done)
        case Refused():
            if not is_told or b'"error"' not in flows[0].told:
                yield "refused without a whole refusal"
            if done:
                yield "refused, but it was done"
        case _:
            # A reset may overtake the bytes before it; nothing else takes an answer away.
            if is_told and not (cut is not None and cut.end is End.RESET):
                yield f"{outcome} with a whole answer"


def _judge_ok(value: Any, deed: Deed, *, is_told: bool, done: int) -> Iterator[str]:
    if not is_told:
        yield "ok without a whole answer"
    if not deed.is_ours(value):
        yield f"ok with another's answer: {value}"
    if deed.done is not None and not done:
        yield "ok, but nothing was done"


def slowly(call: Call) -> Tally:
    """A slow line changes nothing, one that is too slow is unknown, none at all is not sent."""
    return asyncio.run(_slowly(call))


async def _slowly(call: Call) -> Tally:
    tally = Tally()
    with World() as world:
        for name, pace in PACES.items():
            made = await _once(world, call, None, PATIENT, pace)
            wrong = [] if made.outcome == "Ok" else [f"{name}: {made.outcome}"]
            tally.add(Tally(1, Counter([made.outcome]), made.lookups, [*made.problems, *wrong]))
        made = await _too_slow(world, call)
        wrong = [] if made.outcome == "Unknown" else [f"too slow: {made.outcome}"]
        tally.add(Tally(1, Counter([made.outcome]), made.lookups, [*made.problems, *wrong]))
        tally.add(await _nobody(world, call))
    return tally


async def _too_slow(world: World, call: Call) -> _Made:
    """Again with more patience where the deadline came before the line was there."""
    total = BRIEF
    for _ in range(TRIES - 1):
        made = await _once(world, call, None, PATIENT, ENDLESS, total)
        if made.outcome != "NotSent":
            break
        total *= 4
    return made


async def _nobody(world: World, call: Call) -> Tally:
    """Nobody listens any more."""
    deed = world.deed(call)
    async with FaultProxy(world.port) as proxy:
        pass
    gate = world.client(proxy.port, limits(PATIENT))
    outcome = await deed.act(gate)
    await gate.aclose()
    problems = list(judge(outcome, proxy.flows, deed, None))
    if not isinstance(outcome, NotSent):
        problems.append(f"nobody listens: {outcome}")
    return Tally(1, Counter([type(outcome).__name__]), 0, problems)

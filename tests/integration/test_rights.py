"""Who may do what (decisions: roles), through every use case that asks for a right."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cashier.domain.failure import CashierError, Failure
from cashier.domain.history import HistoryQuery
from cashier.domain.money import Money
from cashier.domain.payment import PaymentState
from cashier.domain.quantity import ONE
from cashier.domain.refund import Refund, RefundedLine, RefundState
from cashier.domain.saved_receipt import ReceiptState
from cashier.domain.staff import Right, Role, may, needs_pin
from cashier.domain.terminal import NewTerminal, TerminalType
from cashier.sandbox.server import SandboxServer
from cashier.services import training
from cashier.services.backups import Backups
from cashier.services.configuration import Configuration
from cashier.services.decisions import Decisions
from cashier.services.export import Format
from cashier.services.history import History
from cashier.services.refund_decisions import RefundDecisions
from cashier.services.refunds import Refunds
from cashier.services.restoration import Restoring
from cashier.services.sales import Sales
from cashier.services.shifts import Shifts
from cashier.services.staff import Approval, Staff
from cashier.services.terminals import Terminals
from cashier.services.training_staff import OTHER_PIN
from cashier.settings import Language, Settings, Theme
from tests.till_bench import Bench, open_bench
from tests.virtual_clock import VirtualClock

pytestmark = pytest.mark.anyio

REASON = "Так решили"
NO_USE_CASE_YET = {Right.REPRINT}
"""Paper is later work; this right has nothing to guard until then."""

EVER = HistoryQuery(since=datetime(2020, 1, 1, tzinfo=UTC), until=datetime(2040, 1, 1, tzinfo=UTC))

_ADDED: dict[Role, set[Right]] = {
    Role.CASHIER: {
        Right.SELL,
        Right.CANCEL,
        Right.CHECK,
        Right.X_REPORT,
        Right.REPRINT,
        Right.SEE_HISTORY,
    },
    Role.SENIOR: {Right.REFUND, Right.DECIDE_PAYMENT, Right.OVERRIDE, Right.Z_REPORT},
    Role.MANAGER: {
        Right.RESOLVE_REFUND,
        Right.ADOPT,
        Right.RECORD_EXTERNAL,
        Right.DECIDE_MISMATCH,
        Right.EXPORT,
        Right.RECONCILE,
        Right.RECONCILE_RESTORE,
    },
    Role.ADMINISTRATOR: {Right.SETTINGS, Right.TERMINALS, Right.STAFF, Right.RESTORE},
}
"""What each role has beyond the one before it, as the decisions have it."""

PIN_EACH_TIME = {
    Right.REFUND,
    Right.DECIDE_PAYMENT,
    Right.OVERRIDE,
    Right.RESOLVE_REFUND,
    Right.ADOPT,
    Right.RECORD_EXTERNAL,
    Right.DECIDE_MISMATCH,
    Right.RESTORE,
    Right.RECONCILE_RESTORE,
}
"""Rights that nobody uses without a PIN, whoever is at the till."""


@pytest.fixture
def sandbox(clock: VirtualClock) -> Iterator[SandboxServer]:
    """One profile: rights are this till's own matter."""
    with SandboxServer("live", clock=clock.utc) as server:
        yield server


def lowest(right: Right) -> Role:
    return next(role for role, rights in _ADDED.items() if right in rights)


@dataclass
class Shop:
    """A till with a draft, a live payment, two paid ones and a refund that was never sent."""

    bench: Bench
    folder: Path
    draft: str = ""
    live: str = ""
    paid: str = ""
    prepared: str = ""
    people: dict[Role, str] = field(default_factory=dict)

    @property
    def till(self) -> Any:
        return self.bench.till

    @property
    def key(self) -> int:
        return self.bench.till.terminals.known[0].key

    async def trace(self) -> tuple[object, ...]:
        """Everything that changes when something is sent or written."""
        read = self.bench.journal.read
        return (
            len(await read(lambda reader: reader.events())),
            await read(lambda reader: reader.receipts(set(ReceiptState))),
            await read(lambda reader: reader.payment(self.live)),
            await read(lambda reader: reader.refund(self.prepared)),
            self.bench.till.terminals.known,
            sum(self.bench.calls(method) for method in _METHODS),
        )


_METHODS = (
    "CreateTerminal",
    "GetTerminal",
    "CreatePayment",
    "GetPayment",
    "GetPaymentByOrder",
    "ClosePayment",
    "CreateRefund",
    "GetRefund",
)


@dataclass(frozen=True)
class Case:
    """A use case and the right it asks for. `ends` in this failure once the right is there."""

    use_case: str
    right: Right
    act: Callable[[Shop, dict[str, Any]], Awaitable[object]]
    ends: Failure | None = None

    @property
    def needs_pin(self) -> bool:
        return self.right in PIN_EACH_TIME

    @property
    def method(self) -> str:
        return self.use_case.partition("(")[0]

    @property
    def takes_approval(self) -> bool:
        return self.use_case != "sales.charge" and self.method in APPROVED


SERVICES = {
    "sales": Sales,
    "refunds": Refunds,
    "refund_decisions": RefundDecisions,
    "decisions": Decisions,
    "history": History,
    "shifts": Shifts,
    "terminals": Terminals,
    "configuration": Configuration,
    "backups": Backups,
    "restoring": Restoring,
    "staff": Staff,
}
APPROVED = {
    f"{service}.{name}"
    for service, kind in SERVICES.items()
    for name, method in inspect.getmembers(kind, inspect.iscoroutinefunction)
    if not name.startswith("_") and "approval" in inspect.signature(method).parameters
} - {"staff.require"}
"""Every use case that another person may approve; `require` is what they all ask."""


async def _export(shop: Shop, how: dict[str, Any]) -> int:
    rows: int = await shop.till.history.export(
        EVER,
        shop.folder / "rows.csv",
        Format.CSV,
        head=("number",),
        cells=lambda row: (row.payment.receipt_number,),
        is_cancelled=lambda: False,
        **how,
    )
    return rows


_NOT_NOW = Failure.NOT_ALLOWED
CASES = (
    Case("sales.charge", Right.SELL, lambda s, how: s.till.sales.charge(s.draft, **how)),
    Case("sales.send", Right.SELL, lambda s, how: s.till.sales.send(s.live), _NOT_NOW),
    Case("sales.withdraw", Right.SELL, lambda s, how: s.till.sales.withdraw(s.live), _NOT_NOW),
    Case(
        "sales.back_to_receipt",
        Right.SELL,
        lambda s, how: s.till.sales.back_to_receipt(s.live),
        _NOT_NOW,
    ),
    Case("sales.cancel", Right.CANCEL, lambda s, how: s.till.sales.cancel(s.live)),
    Case("sales.check", Right.CHECK, lambda s, how: s.till.sales.check(s.live)),
    Case(
        "sales.charge(override)",
        Right.OVERRIDE,
        lambda s, how: s.till.sales.charge(s.draft, override=REASON, **how),
    ),
    Case("refunds.withdraw", Right.SELL, lambda s, how: s.till.refunds.withdraw(s.prepared)),
    Case("refunds.check", Right.CHECK, lambda s, how: s.till.refunds.check(s.prepared)),
    Case("refunds.send", Right.REFUND, lambda s, how: s.till.refunds.send(s.prepared, **how)),
    Case(
        "refunds.refund_sum",
        Right.REFUND,
        lambda s, how: s.till.refunds.refund_sum(s.paid, Money.of("1"), REASON, **how),
    ),
    Case(
        "refunds.refund_lines",
        Right.REFUND,
        lambda s, how: s.till.refunds.refund_lines(s.paid, {1: ONE}, REASON, **how),
    ),
    Case(
        "decisions.take_as_unpaid",
        Right.DECIDE_PAYMENT,
        lambda s, how: s.till.decisions.take_as_unpaid(s.live, REASON, **how),
        _NOT_NOW,
    ),
    Case(
        "decisions.restore_sale",
        Right.DECIDE_PAYMENT,
        lambda s, how: s.till.decisions.restore_sale(s.live, REASON, **how),
        _NOT_NOW,
    ),
    Case(
        "decisions.accept_mismatch",
        Right.DECIDE_MISMATCH,
        lambda s, how: s.till.decisions.accept_mismatch(s.live, REASON, **how),
        _NOT_NOW,
    ),
    Case(
        "refund_decisions.resolve_found",
        Right.RESOLVE_REFUND,
        lambda s, how: s.till.refund_decisions.resolve_found(s.prepared, "R1", REASON, **how),
        _NOT_NOW,
    ),
    Case(
        "refund_decisions.resolve_not_executed",
        Right.RESOLVE_REFUND,
        lambda s, how: s.till.refund_decisions.resolve_not_executed(s.prepared, REASON, **how),
        _NOT_NOW,
    ),
    Case(
        "refund_decisions.record_external",
        Right.RECORD_EXTERNAL,
        lambda s, how: s.till.refund_decisions.record_external(s.paid, "R1", **how),
        Failure.PROOF_DIFFERS,
    ),
    Case(
        "history.search",
        Right.SEE_HISTORY,
        lambda s, how: s.till.history.search(EVER, offset=0, limit=10),
    ),
    Case("history.details", Right.SEE_HISTORY, lambda s, how: s.till.history.details(s.paid)),
    Case(
        "history.adopt",
        Right.ADOPT,
        lambda s, how: s.till.history.adopt("no such number", **how),
        Failure.NOT_FOUND,
    ),
    Case(
        "history.declare_refunded",
        Right.ADOPT,
        lambda s, how: s.till.history.declare_refunded(s.paid, Money.of("0"), REASON, **how),
        _NOT_NOW,
    ),
    Case("history.export", Right.EXPORT, _export),
    Case("shifts.open", Right.SELL, lambda s, how: s.till.shifts.open()),
    Case("shifts.x_report", Right.X_REPORT, lambda s, how: s.till.shifts.x_report()),
    Case("shifts.overview", Right.X_REPORT, lambda s, how: s.till.shifts.overview()),
    Case("shifts.past", Right.X_REPORT, lambda s, how: s.till.shifts.past()),
    Case(
        "shifts.close",
        Right.Z_REPORT,
        lambda s, how: s.till.shifts.close(hand_over=True, **how),
    ),
    Case(
        "shifts.reconcile",
        Right.RECONCILE,
        lambda s, how: s.till.shifts.reconcile(lambda _: None, **how),
    ),
    Case(
        "terminals.make_default",
        Right.TERMINALS,
        lambda s, how: s.till.terminals.make_default(s.key, **how),
    ),
    Case("terminals.add", Right.TERMINALS, lambda s, how: s.till.terminals.add("1:2", **how)),
    Case(
        "terminals.create",
        Right.TERMINALS,
        lambda s, how: s.till.terminals.create(NewTerminal("Кофейня", "1:9"), **how),
    ),
    Case(
        "terminals.rename",
        Right.TERMINALS,
        lambda s, how: s.till.terminals.rename(s.key, "Зал", **how),
    ),
    Case(
        "terminals.forget",
        Right.TERMINALS,
        lambda s, how: s.till.terminals.forget(s.key, **how),
        Failure.TERMINAL_IN_USE,
    ),
    Case(
        "configuration.allow",
        Right.SETTINGS,
        lambda s, how: s.till.configuration.allow(Settings(), Settings(till_name="2"), **how),
    ),
    Case("backups.make", Right.SETTINGS, lambda s, how: s.till.backups.make(**how)),
    Case("backups.check", Right.SETTINGS, lambda s, how: s.till.backups.check(**how)),
    Case(
        "restoring.allow",
        Right.RESTORE,
        lambda s, how: s.till.restoring.allow(s.folder / "no such copy.db", **how),
        Failure.OPEN_PAYMENTS,
    ),
    Case(
        "restoring.allow_move",
        Right.RESTORE,
        lambda s, how: s.till.restoring.allow_move("postgresql+psycopg://t@s/c", **how),
        Failure.OPEN_PAYMENTS,
    ),
    Case(
        "restoring.check",
        Right.RECONCILE,
        lambda s, how: s.till.restoring.check(lambda _: None, **how),
        _NOT_NOW,
    ),
    Case(
        "restoring.reconcile",
        Right.RECONCILE_RESTORE,
        lambda s, how: s.till.restoring.reconcile(REASON, **how),
        _NOT_NOW,
    ),
    Case(
        "refund_decisions.enter_external",
        Right.RECORD_EXTERNAL,
        lambda s, how: s.till.refund_decisions.enter_external("R1", **how),
        Failure.PROOF_DIFFERS,
    ),
    Case(
        "staff.add",
        Right.STAFF,
        lambda s, how: s.till.staff.add("Новый", role=Role.CASHIER, pin="4807", **how),
    ),
    Case(
        "staff.change",
        Right.STAFF,
        lambda s, how: s.till.staff.change(
            s.people[Role.SENIOR], name="Орлова", role=Role.SENIOR, **how
        ),
    ),
    Case(
        "staff.set_pin",
        Right.STAFF,
        lambda s, how: s.till.staff.set_pin(s.people[Role.SENIOR], pin="480917", **how),
    ),
    Case(
        "staff.open_sign_in",
        Right.STAFF,
        lambda s, how: s.till.staff.open_sign_in(s.people[Role.SENIOR], **how),
    ),
    Case(
        "staff.switch_off",
        Right.STAFF,
        lambda s, how: s.till.staff.switch_off(s.people[Role.SENIOR], **how),
    ),
)


@asynccontextmanager
async def open_shop(
    folder: Path, sandbox: SandboxServer, clock: VirtualClock
) -> AsyncIterator[Shop]:
    async with open_bench(folder, sandbox, clock, is_running=False) as bench:
        shop = Shop(bench, folder)
        paid = []
        for _ in range(2):
            view = await bench.charge(("Чай", "100.00", "3"))
            sandbox.gateway.pay(view.payment.payment_id)
            await bench.till.sales.check(view.payment.id)
            paid.append(view.payment)
        shop.paid = paid[0].id
        shop.live = (await bench.charge()).payment.id
        shop.draft = (await bench.type_receipt()).id
        now = clock.utc()
        one = Money.of("1")
        lines = (RefundedLine(0, "Возврат", one, ONE, one),)
        refund = Refund("f" * 32, paid[1].id, RefundState.PREPARED, one, lines, REASON, now, now)
        await bench.journal.write(lambda ledger: ledger.add_refund(refund))
        shop.prepared = refund.id
        shop.people = {one.role: one.id for one in await bench.till.staff.people()}
        yield shop


async def refusal(act: Awaitable[object]) -> CashierError | None:
    try:
        await act
    except CashierError as error:
        return error
    return None


def test_the_roles_have_the_rights_that_were_decided_and_those_over_money_ask_for_a_pin() -> None:
    for right in Right:
        for role in Role:
            assert may(role, right) is (role >= lowest(right)), (role, right)
    assert {right for right in Right if needs_pin(right)} == PIN_EACH_TIME


def test_every_right_has_a_use_case_and_every_use_case_that_is_approved_is_here() -> None:
    assert {case.right for case in CASES} == set(Right) - NO_USE_CASE_YET
    assert {case.method for case in CASES if case.takes_approval} == APPROVED


@pytest.mark.parametrize("role", [None, *Role])
async def test_whoever_lacks_the_right_is_refused_before_anything_is_written_or_sent(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, role: Role | None
) -> None:
    async with open_shop(tmp_path, sandbox, clock) as shop:
        await (shop.till.staff.lock() if role is None else shop.bench.sign_in(role))
        before = await shop.trace()
        for case in CASES:
            if role is not None and role >= lowest(case.right) and not case.needs_pin:
                continue
            error = await refusal(case.act(shop, {}))
            assert error is not None, case.use_case
            assert error.failure is Failure.RIGHT_MISSING, case.use_case
            assert error.facts["role"] is lowest(case.right), case.use_case
            assert await shop.trace() == before, case.use_case


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.use_case)
async def test_the_lowest_role_with_the_right_passes_by_a_pin_where_one_is_asked_each_time(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, case: Case
) -> None:
    async with open_shop(tmp_path, sandbox, clock) as shop:
        await shop.bench.sign_in(lowest(case.right))
        how = {"approval": await shop.bench.approve(case.right)} if case.needs_pin else {}
        error = await refusal(shop.bench.do(case.act(shop, how)))
        assert (error.failure if error else None) is case.ends


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.takes_approval], ids=lambda case: case.use_case
)
async def test_an_approval_is_good_for_one_action_of_its_right(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock, case: Case
) -> None:
    async with open_shop(tmp_path, sandbox, clock) as shop:
        other = Right.STAFF if case.right is not Right.STAFF else Right.TERMINALS
        wrong = await shop.bench.approve(other)
        before = await shop.trace()
        error = await refusal(case.act(shop, {"approval": wrong}))
        assert error is not None
        assert error.failure is Failure.RIGHT_MISSING
        assert await shop.trace() == before
        approval = await shop.bench.approve(case.right)
        error = await refusal(shop.bench.do(case.act(shop, {"approval": approval})))
        assert (error.failure if error else None) is case.ends
        with pytest.raises(CashierError) as caught:
            await shop.till.staff.require(case.right, approval)
        assert caught.value.failure is Failure.RIGHT_MISSING


async def test_following_a_payment_goes_on_while_the_till_is_locked(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        view = await bench.charge()
        await bench.till.staff.lock()
        await bench.till.sales.qr_shown(view.payment.id)
        sandbox.gateway.pay(view.payment.payment_id)
        await bench.pass_time(4)
        assert await bench.state(view.payment.id) is PaymentState.PAID
        await bench.till.sales.result_seen(view.payment.id)
        await bench.till.sales.look_away()
        assert bench.view.payments == ()


async def test_a_payment_and_its_record_say_who_sold(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        cashier = bench.till.staff.current
        assert cashier is not None
        view = await bench.charge()
        await bench.till.sales.cancel(view.payment.id)
        assert (await bench.payment(view.payment.id)).cashier == cashier.id
        events = await bench.journal.read(lambda reader: reader.events(view.payment.id))
        actors = {
            (event.kind, event.facts.get("to")): event.actor
            for event in events
            if event.kind in ("payment.added", "payment.moved")
        }
        by_the_gateway = {("payment.moved", "OPEN"): "", ("payment.moved", "CLOSED"): ""}
        assert actors == by_the_gateway | {
            ("payment.added", "PREPARED"): cashier.id,
            ("payment.moved", "SENDING"): cashier.id,
            ("payment.moved", "CLOSING"): cashier.id,
        }


async def test_w12_a_senior_lets_a_static_terminal_take_another_payment(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, terminal="") as bench:
        await bench.till.terminals.prepare(NewTerminal("Стойка", "1:21", type=TerminalType.STATIC))
        first = (await bench.charge()).payment
        second = await bench.type_receipt(("Хлеб", "64.50", "1"))

        async def override(reason: str, approval: Approval | None) -> CashierError | None:
            return await refusal(
                bench.till.sales.charge(second.id, override=reason, approval=approval)
            )

        senior = await bench.sign_in(Role.SENIOR)
        error = await override(REASON, None)
        assert error is not None
        assert error.failure is Failure.RIGHT_MISSING
        error = await override("  ", await bench.approve(Right.OVERRIDE))
        assert error is not None
        assert error.failure is Failure.FIELD_INVALID
        cashier = await bench.sign_in(Role.CASHIER)
        allowed = await bench.till.staff.approve(senior.id, OTHER_PIN, Right.OVERRIDE)
        view = await bench.till.sales.charge(second.id, override=REASON, approval=allowed)
        assert view.payment.state is PaymentState.OPEN
        assert await bench.state(first.id) is PaymentState.OPEN
        assert bench.calls("CreatePayment") == 2
        events = await bench.journal.read(lambda reader: reader.events(view.payment.id))
        told = [event for event in events if event.kind == "terminal.overridden"]
        assert [(one.actor, one.facts) for one in told] == [
            (cashier.id, {"reason": REASON, "approver": senior.id, "beside": [first.id]})
        ]


async def test_training_prepares_its_first_terminal_for_nobody_and_never_another(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, terminal="", role=None) as bench:
        await training.prepare(bench.till, bench.journal, "ru")
        assert [one.info.alias for one in bench.till.terminals.known] == [training.ALIAS]
        error = await refusal(bench.till.terminals.prepare(NewTerminal("Ещё", "1:9")))
        assert error is not None
        assert error.failure is Failure.NOT_ALLOWED
        assert bench.calls("CreateTerminal") == 1


async def test_a_terminal_for_nobody_is_never_made_where_money_is_real(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    real = "https://gateway.invalid/api/v2"
    async with open_bench(
        tmp_path, sandbox, clock, terminal="", role=None, base_url=real, is_running=False
    ) as bench:
        error = await refusal(bench.till.terminals.prepare(NewTerminal("Касса", "1:1")))
        assert error is not None
        assert error.failure is Failure.NOT_ALLOWED


async def test_changed_settings_are_recorded_by_their_names_only(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock) as bench:
        allow = bench.till.configuration.allow
        before = Settings()
        cashier = bench.till.staff.current
        assert cashier is not None
        await allow(before, before)
        await allow(before, replace(before, theme=Theme.DARK, sound_volume=1))
        error = await refusal(allow(before, before, has_new_key=True))
        assert error is not None
        assert error.failure is Failure.RIGHT_MISSING
        approval = await bench.approve(Right.SETTINGS)
        shop = replace(before, shop_name="Магазин", theme=Theme.DARK)
        await allow(before, shop, has_new_key=True, approval=approval)
        await bench.till.staff.lock()
        await allow(before, replace(before, language=Language.ENGLISH))
        events = await bench.journal.read(lambda reader: reader.events())
        boss = approval.approver.id
        assert [(one.actor, one.facts) for one in events if one.kind == "settings.changed"] == [
            (cashier.id, {"fields": ["theme", "sound_volume"]}),
            (cashier.id, {"fields": ["theme", "shop_name", "api_key"], "approver": boss}),
            ("", {"fields": ["language"]}),
        ]


async def test_a_typed_receipt_waits_for_its_owner_and_is_parked_for_anybody_else(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        receipts, staff = bench.till.receipts, bench.till.staff
        typed = await bench.type_receipt(("Чай", "100.00", "1"))
        anna = staff.current
        assert anna is not None
        assert typed.cashier == anna.id
        await staff.lock()
        late = await receipts.save(typed, typed.receipt.add("Кофе", Money.of("50"), ONE))
        assert late.cashier == anna.id
        await bench.sign_in(Role.CASHIER)
        assert await receipts.park_for(anna) == late
        other = await bench.sign_in(Role.SENIOR)
        fresh = await receipts.park_for(other)
        assert (fresh.receipt.lines, fresh.cashier) == ((), other.id)
        waiting = await receipts.parked()
        assert [(one.id, one.cashier) for one in waiting] == [(typed.id, anna.id)]
        hers = await bench.type_receipt(("Хлеб", "64.50", "1"))
        await bench.sign_in(Role.CASHIER)
        back = await receipts.park_for(anna)
        assert (back.id, back.receipt, back.state) == (typed.id, late.receipt, ReceiptState.DRAFT)
        assert [one.id for one in await receipts.parked()] == [hers.id]
        taken = await receipts.take_up(hers.id)
        assert taken.cashier == anna.id
        await bench.sign_in(Role.SENIOR)
        assert (await receipts.park_for(other)).receipt.lines == ()


async def test_what_nobody_typed_belongs_to_whoever_signs_in(
    tmp_path: Path, sandbox: SandboxServer, clock: VirtualClock
) -> None:
    async with open_bench(tmp_path, sandbox, clock, is_running=False) as bench:
        await bench.till.staff.lock()
        typed = await bench.type_receipt(("Чай", "100.00", "1"))
        assert typed.cashier == ""
        anna = await bench.sign_in(Role.CASHIER)
        mine = await bench.till.receipts.park_for(anna)
        assert (mine.id, mine.cashier) == (typed.id, anna.id)

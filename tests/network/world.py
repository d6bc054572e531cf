"""The eight calls against the real sandbox, each with what it takes to know what came of it."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from types import TracebackType
from typing import Any, Self

from cashier.domain.payment import PaymentInfo
from cashier.domain.refund import RefundInfo
from cashier.domain.terminal import NewTerminal
from cashier.gateway.calls import Call
from cashier.gateway.client import Gateway
from cashier.gateway.deadlines import Deadlines
from cashier.gateway.outcome import Ok, Outcome
from cashier.gateway.requests import Expected, ExpectedRefund, NewPayment, NewRefund
from cashier.sandbox import values
from cashier.sandbox.server import SandboxServer
from cashier.sandbox.validation import PaymentRequest, RefundRequest, TerminalRequest
from tests.integration.gateway_samples import LINE, RECEIPT, Key, gateway

SUM = RECEIPT.amount
NOBODY = "f" * 32
AT = datetime(2026, 11, 24, 11, 32, 0, tzinfo=UTC)

Act = Callable[[Gateway], Awaitable[Outcome[Any]]]


@dataclass(frozen=True, slots=True)
class Deed:
    """One call, to be made once.

    `is_ours`: whether a value is what an unspoiled call comes to, exact to the kopeck. `done`: how
    often the gateway has done it; None for a call that only asks. `finds`: asks the gateway, as one
    does when the answer is lost, whether it was done; None where there is nothing to ask by.
    """

    act: Act
    is_ours: Callable[[Any], bool]
    done: Callable[[], int] | None = None
    finds: Callable[[Gateway], Awaitable[bool]] | None = None


class World:
    """A sandbox in which every deed finds what it needs. `refused`: the gateway says no to each."""

    def __init__(self, *, refused: bool = False) -> None:
        self._refused = refused
        self._sandbox = SandboxServer(values.Profile.SPEC, clock=lambda: AT)
        self._numbers = count(100_000)
        self._makers: dict[Call, Callable[[], Deed]] = {
            Call.CREATE_TERMINAL: self._create_terminal,
            Call.GET_TERMINAL: self._get_terminal,
            Call.CREATE_PAYMENT: self._create_payment,
            Call.GET_PAYMENT: self._get_payment,
            Call.GET_PAYMENT_BY_ORDER: self._by_order,
            Call.CLOSE_PAYMENT: self._close_payment,
            Call.CREATE_REFUND: self._create_refund,
            Call.GET_REFUND: self._get_refund,
        }

    def __enter__(self) -> Self:
        self._sandbox.start()
        self._gate = self._sandbox.gateway
        self._terminal = self._new_terminal("1:2")
        self._paid = self._new_payment(paid=True)
        self._refund = self._gate.refunds.create(
            RefundRequest(
                payment_id=self._paid.id, amount=SUM.minor, currency="RUB", reason="Возврат"
            )
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._sandbox.stop()

    @property
    def port(self) -> int:
        return int(self._sandbox.root.rpartition(":")[2])

    def client(self, port: int, limits: Deadlines) -> Gateway:
        """A client of the sandbox behind `port`."""
        return gateway(
            f"http://127.0.0.1:{port}/api/v2",
            merchant_id=values.DEMO_MERCHANT_ID,
            api_key=Key(values.DEMO_API_KEY),
            limits=limits,
        )

    def deed(self, call: Call) -> Deed:
        """A new one, independent of those before; its bytes are as many as theirs."""
        return self._makers[call]()

    # The eight calls. What "is refused" asks for or about something that is not there.

    def _create_terminal(self) -> Deed:
        alias = "1:2" if self._refused else f"1:{next(self._numbers)}"
        new = NewTerminal("Магазин", alias)

        def done() -> int:
            return sum(one.alias == alias for one in self._gate.terminals.all())

        async def finds(gate: Gateway) -> bool:
            found = await gate.get_terminal(alias=alias)
            return isinstance(found, Ok) and found.value.name == new.name

        return Deed(
            lambda gate: gate.create_terminal(new),
            lambda value: value.name == new.name and bool(value.id),
            (lambda: done() - 1) if self._refused else done,
            finds,
        )

    def _get_terminal(self) -> Deed:
        alias = NOBODY if self._refused else "1:2"
        return Deed(
            lambda gate: gate.get_terminal(alias=alias),
            lambda value: value.id == self._terminal.id,
        )

    def _create_payment(self) -> Deed:
        order_id = uuid.uuid4().hex
        terminal = NOBODY if self._refused else self._terminal.id
        new = NewPayment(order_id, SUM, "Чек 187-058", terminal, RECEIPT.priced, {"tag": "0f0f"})

        def is_ours(value: PaymentInfo) -> bool:
            return (value.order_id, value.amount) == (order_id, SUM)

        async def finds(gate: Gateway) -> bool:
            found = await gate.get_payment_by_order(order_id, expect=Expected(amount=SUM))
            return isinstance(found, Ok) and is_ours(found.value)

        return Deed(
            lambda gate: gate.create_payment(new),
            is_ours,
            lambda: sum(one.order_id == order_id for one in self._gate.payments()),
            finds,
        )

    def _get_payment(self) -> Deed:
        payment = self._paid
        wanted = NOBODY if self._refused else payment.id
        return Deed(
            lambda gate: gate.get_payment(wanted, expect=Expected(amount=SUM)),
            lambda value: self._is(value, payment, "successful"),
        )

    def _by_order(self) -> Deed:
        payment = self._paid
        wanted = NOBODY if self._refused else payment.order_id or ""
        return Deed(
            lambda gate: gate.get_payment_by_order(wanted, expect=Expected(amount=SUM)),
            lambda value: self._is(value, payment, "successful"),
        )

    def _close_payment(self) -> Deed:
        payment = self._new_payment(paid=self._refused)

        def done() -> int:
            return int(self._gate.payment(payment.id).status is values.Status.CLOSED)

        async def finds(gate: Gateway) -> bool:
            found = await gate.get_payment(payment.id, expect=Expected(amount=SUM))
            return isinstance(found, Ok) and self._is(found.value, payment, "closed")

        return Deed(
            lambda gate: gate.close_payment(payment.id, expect=Expected(amount=SUM)),
            lambda value: self._is(value, payment, "init"),  # as the guide's own example has it
            done,
            finds,
        )

    def _create_refund(self) -> Deed:
        payment = self._new_payment(paid=not self._refused)
        new = NewRefund(payment.id, SUM, "Возврат #0f0f0f0f", (LINE,))

        def is_ours(value: RefundInfo) -> bool:
            return (value.payment_id, value.amount) == (payment.id, SUM)

        return Deed(
            lambda gate: gate.create_refund(new),
            is_ours,
            lambda: sum(one.payment_id == payment.id for one in self._gate.refunds.all()),
        )

    def _get_refund(self) -> Deed:
        wanted = NOBODY if self._refused else self._refund.id
        expected = ExpectedRefund(self._paid.id, SUM)
        return Deed(
            lambda gate: gate.get_refund(wanted, expect=expected),
            lambda value: value.id == self._refund.id and value.amount == SUM,
        )

    @staticmethod
    def _is(value: PaymentInfo, payment: values.Payment, status: str) -> bool:
        told = (value.id, value.order_id, value.amount, value.status)
        return told == (payment.id, payment.order_id, SUM, status)

    def _new_terminal(self, alias: str) -> values.Terminal:
        return self._gate.terminals.create(
            TerminalRequest(
                name="Касса",
                alias=alias,
                description="",
                fixed=False,
                default_price=0,
                can_comment=False,
            )
        )

    def _new_payment(self, *, paid: bool) -> values.Payment:
        made = self._gate.create_payment(
            PaymentRequest(
                order_id=uuid.uuid4().hex,
                amount=SUM.minor,
                currency="RUB",
                description=None,
                terminal_id=self._terminal.id,
                success_url=None,
                fail_url=None,
                custom_parameters=None,
                lines=(),
            )
        )
        return self._gate.pay(made.id) if paid else made

"""Facts as the JSON of an answer, in the guide's shape or in the live service's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from cashier.sandbox.amounts import wire_number
from cashier.sandbox.values import Payment, Profile, Refund, Status, Terminal

Answer = dict[str, object]

_SPEC_WORDS = {
    Status.INIT: "init",
    Status.PROCESS: "init",
    Status.SUCCESSFUL: "successful",
    Status.FAILED: "fail",
    Status.CLOSED: "closed",
    Status.EXPIRED: "fail",
}
_LIVE_WORDS = {
    Status.INIT: "init",
    Status.PROCESS: "process",
    Status.SUCCESSFUL: "successful",
    Status.FAILED: "error",
    Status.CLOSED: "closed",
    Status.EXPIRED: "expired",
}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the gateway is reached; `root` has no slash at its end."""

    root: str
    profile: Profile

    @property
    def base_url(self) -> str:
        return f"{self.root}/api/v2"

    def payment_url(self, payment_id: str) -> str:
        folder = "/init/" if self.profile is Profile.SPEC else "/P"
        return f"{self.root}{folder}{payment_id}"

    def terminal_link(self, terminal: Terminal) -> str:
        if self.profile is Profile.LIVE:
            return f"{self.root}/T{terminal.id}"
        price = f"/price/{wire_number(terminal.default_price)}" if terminal.default_price else ""
        return f"{self.root}/order/id/{terminal.id}{price}"


def status_word(status: Status, profile: Profile) -> str:
    """SPEC 9.1 has four words; the live service also says process, error and expired."""
    return (_SPEC_WORDS if profile is Profile.SPEC else _LIVE_WORDS)[status]


def moment(value: datetime) -> str:
    """YYYY-MM-DDTHH:mm:ss.sssZ."""
    return value.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def terminal_answer(terminal: Terminal, addresses: Addresses) -> Answer:
    """SPEC 7.2.1 and 7.2.2."""
    live = addresses.profile is Profile.LIVE
    answer: Answer = {
        "id": terminal.id if live else int(terminal.id),
        "link": addresses.terminal_link(terminal),
        "name": terminal.name,
        "description": terminal.description,
        "defaultPrice": wire_number(terminal.default_price),
    }
    if live:
        answer["type"] = "statical" if terminal.fixed else "dynamical"
        answer["alias"] = terminal.alias
    else:
        answer["type"] = "static" if terminal.fixed else "dynamic"
        answer["canComments"] = terminal.can_comment
    return answer


def payment_answer(payment: Payment, addresses: Addresses) -> Answer:
    """SPEC 7.2.3 to 7.2.6; the live service adds payment_method."""
    profile = addresses.profile
    answer: Answer = {
        "id": payment.id,
        "order": _order(payment, profile),
        "status": status_word(payment.status, profile),
        "status_description": payment.status_description,
        "create_date": moment(payment.created),
        "update_date": moment(payment.updated),
        "expire_date": moment(payment.expires or payment.created),
        "custom_parameters": _custom_parameters(payment, profile),
        "payment_url": addresses.payment_url(payment.id),
    }
    if profile is Profile.LIVE:
        answer["payment_method"] = _payment_method(payment)
    return answer


def _order(payment: Payment, profile: Profile) -> Answer:
    order: Answer = {"currency": payment.currency, "amount": wire_number(payment.amount)}
    for name, value in (("description", payment.description), ("id", payment.order_id)):
        if value is not None or profile is Profile.LIVE:
            order[name] = value
    return order


def _custom_parameters(payment: Payment, profile: Profile) -> object:
    if payment.custom_parameters is None and profile is Profile.SPEC:
        return {}
    return payment.custom_parameters


def _payment_method(payment: Payment) -> Answer:
    method: Answer = {
        "type": None if payment.paid_by is None else str(payment.paid_by),
        "terminal_id": payment.terminal_id,
    }
    if payment.paid_by is not None:
        method["account"] = payment.account
        method["funds"] = wire_number(payment.funds)
        method["bonuses"] = wire_number(payment.bonuses)
    return method


def refund_answer(refund: Refund, payment: Payment, addresses: Addresses) -> Answer:
    """SPEC 7.2.7 and 7.2.8; the live service has the order and other names for the dates."""
    live = addresses.profile is Profile.LIVE
    details: Answer = {"amount": wire_number(refund.amount)}
    if not live:
        details["currency"] = refund.currency
    if live or refund.reason is not None:
        details["reason"] = refund.reason
    answer: Answer = {
        "id": refund.id,
        "refund": details,
        "status": status_word(refund.status, addresses.profile),
        "payment_id": refund.payment_id,
        "payment_method": _payment_method(payment),
    }
    if live:
        answer["order"] = _order(payment, addresses.profile)
        answer["status_description"] = refund.status_description
        answer["date_insert"] = moment(refund.created)
        answer["date_update"] = moment(refund.updated)
    else:
        answer["create_date"] = moment(refund.created)
        answer["update_date"] = moment(refund.updated)
        answer["custom_parameters"] = _custom_parameters(payment, addresses.profile)
    return answer

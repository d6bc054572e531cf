"""The eight calls of SPEC 7.2."""

from __future__ import annotations

from enum import Enum


class Call(Enum):
    """A call as it stands in the URL."""

    CREATE_TERMINAL = "CreateTerminal"
    GET_TERMINAL = "GetTerminal"
    CREATE_PAYMENT = "CreatePayment"
    GET_PAYMENT = "GetPayment"
    GET_PAYMENT_BY_ORDER = "GetPaymentByOrder"
    CLOSE_PAYMENT = "ClosePayment"
    CREATE_REFUND = "CreateRefund"
    GET_REFUND = "GetRefund"

    @property
    def is_read(self) -> bool:
        """Whether it only asks: sending it again changes nothing."""
        return self in _READS


_READS = frozenset(
    {Call.GET_TERMINAL, Call.GET_PAYMENT, Call.GET_PAYMENT_BY_ORDER, Call.GET_REFUND}
)

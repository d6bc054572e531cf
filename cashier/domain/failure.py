"""Expected trouble, as a code and facts. `cashier.ui.texts` alone turns it into sentences."""

from __future__ import annotations

from enum import Enum


class Failure(Enum):
    """What went wrong, in the words of the till's own rules."""

    # The machine and its files
    FOLDER_UNWRITABLE = "folder_unwritable"  # folder
    SECOND_INSTANCE = "second_instance"  # folder
    SETTINGS_DAMAGED = "settings_damaged"  # path, field
    SETTINGS_UNWRITABLE = "settings_unwritable"  # path
    KEY_STORE_MISSING = "key_store_missing"
    KEY_STORE_REFUSED = "key_store_refused"
    PORT_TAKEN = "port_taken"  # port
    NO_DISPLAY = "no_display"
    BASE_URL_INVALID = "base_url_invalid"  # url, reason
    DEMO_MERCHANT = "demo_merchant"

    # The journal
    JOURNAL_DAMAGED = "journal_damaged"  # path
    JOURNAL_NEWER = "journal_newer"  # path
    JOURNAL_BUSY = "journal_busy"
    JOURNAL_FAULT = "journal_fault"
    JOURNAL_AWAY = "journal_away"  # reason, password
    JOURNAL_KNOWN = "journal_known"  # till
    TILL_NAME_TAKEN = "till_name_taken"  # name
    DISK_FULL = "disk_full"  # free_mib
    COPY_FAILED = "copy_failed"  # reason
    COPY_DAMAGED = "copy_damaged"  # path, reason

    # The way to the gateway
    NO_LINK = "no_link"
    TLS_REFUSED = "tls_refused"
    PROXY_REFUSED = "proxy_refused"
    KEY_REFUSED = "key_refused"
    NO_KEY = "no_key"
    TIMED_OUT = "timed_out"
    CONNECTION_BROKEN = "connection_broken"
    UNREADABLE_ANSWER = "unreadable_answer"  # http_status
    GATEWAY_ERROR = "gateway_error"  # http_status, code, text
    REDIRECTED = "redirected"  # http_status
    REFUSED = "refused"  # code, text, fields

    # What was typed
    FIELD_INVALID = "field_invalid"  # field, rule, limit
    RECEIPT_EMPTY = "receipt_empty"
    RECEIPT_ZERO = "receipt_zero"
    SUM_OVER_LIMIT = "sum_over_limit"  # limit

    # What may not be done now
    NOT_ALLOWED = "not_allowed"  # action, state
    NO_TERMINAL = "no_terminal"
    TERMINAL_NOT_FOUND = "terminal_not_found"  # key
    TERMINAL_BUSY = "terminal_busy"  # receipt
    TERMINAL_IN_USE = "terminal_in_use"  # count
    TERMINAL_OUTCOME_UNKNOWN = "terminal_outcome_unknown"  # alias
    TERMINAL_KNOWN = "terminal_known"  # alias
    CURRENCY_MIXED = "currency_mixed"
    RECEIPT_HAS_PAYMENT = "receipt_has_payment"
    STILL_PAYABLE = "still_payable"  # the earlier attempt is not proven dead
    OPEN_PAYMENTS = "open_payments"  # count

    # Refunds
    REFUND_OVER_BUDGET = "refund_over_budget"  # left
    REFUND_OVER_LINE = "refund_over_line"  # name
    REFUND_UNSETTLED = "refund_unsettled"  # till
    REFUND_NOTHING = "refund_nothing"
    NOT_PAID = "not_paid"
    BUDGET_UNKNOWN = "budget_unknown"
    TOO_EARLY = "too_early"  # seconds
    PROOF_DIFFERS = "proof_differs"  # fields
    ALREADY_LINKED = "already_linked"
    REFUND_NOT_DONE = "refund_not_done"  # has_failed
    REFUNDS_WAIT = "refunds_wait"  # the journal was restored, and nobody has reconciled
    GATEWAY_NOT_ASKED = "gateway_not_asked"

    # People
    RIGHT_MISSING = "right_missing"  # right, role
    PIN_WRONG = "pin_wrong"  # left
    PIN_LOCKED = "pin_locked"  # seconds
    PIN_WEAK = "pin_weak"
    NAME_TAKEN = "name_taken"
    LAST_ADMINISTRATOR = "last_administrator"

    # Shifts
    SHIFT_NOT_READY = "shift_not_ready"  # parked, open
    NO_SHIFT = "no_shift"

    NOT_FOUND = "not_found"
    INTERNAL = "internal"  # a bug ended the use case: what it has done is not known


class CashierError(Exception):
    """Expected trouble that ends a use case. Nothing was sent unless the failure says so."""

    def __init__(self, failure: Failure, **facts: object) -> None:
        super().__init__(failure.value, facts)
        self.failure = failure
        self.facts = facts

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.failure.value}({told})"

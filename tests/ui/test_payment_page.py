from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cashier.domain.payment import PaymentState
from cashier.services.views import PaymentView
from cashier.ui.pages.payment_outcome import OutcomeStage
from cashier.ui.theme import ThemeController
from tests.ui.payment_kit import framed_page
from tests.ui.payment_stand import Stand
from tests.ui.payment_views import SENT, payment_view

S = PaymentState


@pytest.fixture
def stand(qtbot: QtBot, themed: ThemeController) -> Iterator[Stand]:
    with framed_page() as (frame, notes, clock):
        yield Stand(qtbot, frame, notes, clock)


@pytest.fixture
def training(qtbot: QtBot, themed: ThemeController) -> Iterator[Stand]:
    with framed_page(training=True) as (frame, notes, clock):
        yield Stand(qtbot, frame, notes, clock)


@pytest.mark.parametrize(
    ("view", "status", "buttons"),
    [
        (payment_view(S.SENDING, payment_url=""), "Creating the payment…", set()),
        (payment_view(), "Waiting for payment…", {"payment.check", "payment.cancel"}),
        (
            payment_view(status="process"),
            "The bank is processing",
            {"payment.check", "payment.cancel"},
        ),
        (
            payment_view(S.CLOSING),
            "Cancelling, checking",
            {"payment.check", "payment.background"},
        ),
        (
            payment_view(S.CLOSING, misses=2),
            "We will cancel when the link is back",
            {"payment.check", "payment.background"},
        ),
    ],
)
def test_waiting_stage_by_state(
    stand: Stand, view: PaymentView, status: str, buttons: set[str]
) -> None:
    stand.show(view)
    assert stand.text("payment.status") == status
    assert stand.buttons() == buttons
    assert not stand.has("result.title")


@pytest.mark.parametrize(
    ("view", "word", "title", "buttons"),
    [
        (
            payment_view(S.FAILED, status="error", status_description="[2, 51] x"),
            "Declined by the bank",
            "Not enough money on the card",
            {"result.retry", "payment.back"},
        ),
        (
            payment_view(S.FAILED, status="error"),
            "Declined by the bank",
            "The bank declined the payment",
            {"result.retry", "payment.back"},
        ),
        (
            payment_view(S.FAILED, status="expired"),
            "Not paid in time",
            "The QR code has expired",
            {"result.retry", "payment.back"},
        ),
        (
            payment_view(S.CLOSED, status="closed"),
            "Cancel confirmed",
            "The payment is cancelled",
            {"result.retry", "payment.back"},
        ),
        (
            payment_view(S.ABANDONED, url_shown_at=None),
            "Not created",
            "The gateway has no such payment",
            {"result.retry", "payment.back"},
        ),
        (
            payment_view(S.REFUSED, refusal_code=3),
            "Refused",
            "The gateway did not accept the payment",
            {"payment.back"},
        ),
        (payment_view(S.WITHDRAWN), "Withdrawn", "The payment was not sent", {"payment.back"}),
        (
            payment_view(S.PREPARED, payment_url=""),
            "No link to the gateway",
            "The payment was not sent",
            {"payment.send", "payment.back"},
        ),
        (
            payment_view(S.QUARANTINE, mismatch=("amount", "currency")),
            "Do not hand over the goods",
            "Mismatch — call a senior",
            {"payment.check", "payment.background", "payment.decide"},
        ),
        (
            payment_view(S.LATE_PAID),
            "Call a senior",
            "Paid after cancel",
            {"payment.leave", "payment.decide"},
        ),
        (
            payment_view(S.UNKNOWN),
            "Outcome unknown, checking",
            "It is not clear yet whether it was paid",
            {"payment.check", "payment.background", "payment.decide"},
        ),
        (
            payment_view(S.UNKNOWN, url_shown_at=None),
            "Outcome unknown, checking",
            "It is not clear yet whether the payment was created",
            {"payment.check", "payment.background", "payment.decide"},
        ),
        (
            payment_view(S.CLOSING, misses=2, is_cancel_sent=True),
            "Outcome unknown, checking",
            "It is not clear yet whether the cancel worked",
            {"payment.check", "payment.background"},
        ),
    ],
)
def test_outcome_stage_by_state(
    stand: Stand, view: PaymentView, word: str, title: str, buttons: set[str]
) -> None:
    stand.show(view)
    assert stand.text("result.word") == word
    assert stand.text("result.title") == title
    assert stand.text("result.detail")
    assert stand.buttons() == buttons
    assert not stand.has("payment.qr")


def test_an_outcome_is_read_out_with_its_word_and_sum(stand: Stand) -> None:
    stand.show(payment_view(S.FAILED, status="error"))
    stage = stand.page.findChild(OutcomeStage)
    assert stage is not None
    assert stage.accessibleName() == "Declined, 2,376.01\u00a0₽"


def test_a_mismatch_says_what_differs_and_keeps_the_goods(stand: Stand) -> None:
    stand.show(payment_view(S.QUARANTINE, mismatch=("amount", "currency")))
    assert "the sum, the currency" in stand.text("result.detail")
    assert "goods stay here" in stand.text("result.step.1")
    assert "2,376.01" in stand.text("result.step.2")


def test_declined_facts_are_time_receipt_method_and_bank_code(stand: Stand) -> None:
    stand.show(
        payment_view(
            S.FAILED,
            status="error",
            status_description="[2, 51] Not sufficient funds",
            method="card",
            account="220220******4417",
        )
    )
    facts = [stand.text(f"result.fact.{number}") for number in range(1, 5)]
    assert facts[1:] == ["187-058", "Card MIR ••\u00a04417", "51"]
    assert facts[0] == f"{SENT.astimezone():%H:%M:%S}"


def test_words_of_the_gateway_stay_literal(stand: Stand) -> None:
    told = "<b>Нет</b>\n<img src='x'>&amp;"
    stand.show(payment_view(S.FAILED, status="error", status_description=told))
    label = stand.find("result.gateway")
    assert isinstance(label, QLabel)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == "Gateway: “<b>Нет</b> <img src='x'>&amp;”"


def test_no_label_on_any_stage_takes_markup(stand: Stand) -> None:
    for state in PaymentState:
        stand.show(payment_view(state))
        for label in stand.frame.findChildren(QLabel):
            assert label.textFormat() == Qt.TextFormat.PlainText


def test_unknown_shows_what_is_known_and_when_it_is_asked_next(stand: Stand) -> None:
    stand.clock.seconds = 130
    stand.show(
        payment_view(
            S.UNKNOWN, checks=6, misses=6, last_answer=92.0, next_check=133.0, status="init"
        )
    )
    assert f"{SENT.astimezone():%H:%M:%S}" in stand.text("unknown.known.1")
    assert "“Waiting”" in stand.text("unknown.known.3")
    assert stand.text("unknown.known.4") == "No answers since then."
    assert "attempt 7" in stand.text("unknown.doing.1")
    assert stand.text("payment.next_check") == "next check in 3 s"
    stand.pass_time(2)
    assert stand.text("payment.next_check") == "next check in 1 s"


def test_unknown_calls_a_senior_after_ten_minutes(stand: Stand) -> None:
    stand.show(payment_view(S.UNKNOWN))
    assert "senior" not in stand.text("result.detail")
    stand.pass_time(600)
    assert "Call a senior." in stand.text("result.detail")


def test_everything_that_can_be_used_has_a_name_and_says_what_it_is(training: Stand) -> None:
    for state in PaymentState:
        training.show(payment_view(state, mismatch=("amount",)))
        for widget in training.frame.findChildren(QWidget):
            usable = widget.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(
                widget, QPushButton
            )
            if usable and widget.isVisible() and not widget.objectName().startswith("qt_"):
                assert widget.objectName(), widget
                assert widget.accessibleName(), widget.objectName()


def test_the_receipt_is_shown_beside_every_state(stand: Stand) -> None:
    for state in (S.OPEN, S.FAILED, S.UNKNOWN):
        stand.show(payment_view(state))
        assert stand.text("payment.receipt") == "Receipt 187-058"
        assert stand.text("payment.receipt.total") == "2,376.01\u00a0₽"
    stand.show(payment_view(S.OPEN))
    assert "frozen" in stand.text("payment.receipt.note")
    stand.show(payment_view(S.FAILED))
    assert "kept" in stand.text("payment.receipt.note")


def test_footer_by_state(stand: Stand) -> None:
    stand.show(payment_view())
    assert [hint.key for hint in stand.page.footer()] == ["F11", "F7"]
    assert stand.page.footer_note() == "Leaving this page does not cancel the payment"
    stand.show(payment_view(misses=2))
    assert "without a link" in stand.page.footer_note()
    stand.show(payment_view(S.FAILED, attempt=2))
    assert stand.page.footer() == ()
    assert stand.page.footer_note() == "Attempt 2"


def test_leaving_the_page_tells_the_services_and_cancels_nothing(stand: Stand) -> None:
    stand.show(payment_view())
    stand.settle()
    stand.page.left()
    stand.settle()
    assert [name for name, _ in stand.notes.calls] == ["qr_shown", "look_away"]

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cashier.domain.failure import CashierError, Failure
from cashier.domain.payment import Action, PaymentState
from cashier.services.views import PaymentView
from cashier.ui.pages.payment_outcome import OutcomeStage
from cashier.ui.theme import ThemeController, ThemeName
from cashier.ui.widgets.button import Button
from tests.ui.on_screen import show_active
from tests.ui.payment_kit import FrameStandIn, HandClock, Notes, framed_page
from tests.ui.payment_views import PAYMENT_ID, SENT, URL, payment_view, till_view
from tests.ui.qr_reading import decoded, rendered

S = PaymentState


class Stand:
    """The page on screen, and short words for what tests do with it."""

    def __init__(self, qtbot: QtBot, frame: FrameStandIn, notes: Notes, clock: HandClock) -> None:
        self.qtbot, self.frame, self.notes, self.clock = qtbot, frame, notes, clock
        self.page = frame.page

    def show(self, view: PaymentView) -> None:
        self.page.show_payment(view, till_view(view))
        if not self.frame.isVisible():
            show_active(self.qtbot, self.frame)
            self.page.entered()

    def press(self, key: Qt.Key) -> None:
        focus = QApplication.focusWidget() or self.page
        QTest.keyClick(focus, key)

    def pass_time(self, seconds: float) -> None:
        self.clock.seconds += seconds
        self.page.tick()

    def find(self, name: str) -> QWidget:
        found = [widget for widget in self.frame.findChildren(QWidget, name) if widget.isVisible()]
        assert len(found) == 1, f"{name}: {len(found)}"
        return found[0]

    def has(self, name: str) -> bool:
        return any(one.isVisible() for one in self.frame.findChildren(QWidget, name))

    def text(self, name: str) -> str:
        label = self.find(name)
        assert isinstance(label, QLabel)
        return label.text()

    def button(self, name: str) -> Button:
        found = self.find(name)
        assert isinstance(found, Button)
        return found

    def buttons(self) -> set[str]:
        return {one.objectName() for one in self.page.findChildren(QPushButton) if one.isVisible()}

    def settle(self) -> None:
        """Let calls in the background come home."""
        QTest.qWait(60)


def is_busy(button: Button) -> bool:
    """A call, so that a type checker does not take the first answer for the last."""
    return button.is_busy


@pytest.fixture
def stand(qtbot: QtBot, themed: ThemeController) -> Iterator[Stand]:
    with framed_page() as (frame, notes, clock):
        yield Stand(qtbot, frame, notes, clock)


@pytest.fixture
def training(qtbot: QtBot, themed: ThemeController) -> Iterator[Stand]:
    with framed_page(training=True) as (frame, notes, clock):
        yield Stand(qtbot, frame, notes, clock)


# Each state on its stage, with what may be done


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
            {"payment.check", "payment.background"},
        ),
        (payment_view(S.LATE_PAID), "Call a senior", "Paid after cancel", {"payment.leave"}),
        (
            payment_view(S.UNKNOWN),
            "Outcome unknown, checking",
            "It is not clear yet whether it was paid",
            {"payment.check", "payment.background"},
        ),
        (
            payment_view(S.UNKNOWN, url_shown_at=None),
            "Outcome unknown, checking",
            "It is not clear yet whether the payment was created",
            {"payment.check", "payment.background"},
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


# The QR code


def test_creating_never_shows_an_old_code(stand: Stand) -> None:
    stand.show(payment_view())
    assert decoded(rendered(stand.page)) == [URL]
    stand.show(payment_view(S.SENDING, id="f9" * 16, payment_url="", url_shown_at=None))
    assert decoded(rendered(stand.page)) == []


def test_creating_says_after_five_seconds_that_it_still_waits(stand: Stand) -> None:
    stand.show(payment_view(S.SENDING, payment_url=""))
    stand.pass_time(4)
    assert stand.text("payment.progress") == "0:04 so far"
    stand.pass_time(2)
    assert "has not answered yet" in stand.text("payment.progress")


def test_closing_covers_the_code(stand: Stand) -> None:
    stand.show(payment_view(S.CLOSING))
    assert decoded(rendered(stand.page)) == []


@pytest.mark.parametrize("theme", [ThemeName.LIGHT, ThemeName.DARK])
@pytest.mark.parametrize(
    ("width", "height", "scale", "ratio"),
    [(1366, 768, 100, 1.0), (1024, 640, 100, 1.0), (1366, 800, 125, 1.0), (1366, 768, 100, 1.25)],
)
@pytest.mark.parametrize("misses", [0, 2], ids=["online", "offline"])
def test_code_is_read_back_from_the_pixels(
    stand: Stand,
    themed: ThemeController,
    theme: ThemeName,
    width: int,
    height: int,
    scale: int,
    ratio: float,
    misses: int,
) -> None:
    themed.choose(theme, scale=scale)
    stand.frame.fit(width, height, scale=scale)
    stand.show(payment_view(misses=misses))
    stand.settle()
    assert (stand.frame.width(), stand.frame.height()) == (width, height)
    assert decoded(rendered(stand.frame, ratio=ratio)) == [URL]
    code = stand.find("payment.qr")
    assert code.property("accessibleName") == "QR code to pay 2,376.01\u00a0₽"
    assert code.code_rect().width() >= 320  # type: ignore[attr-defined]  # a QrView
    corner = code.mapTo(stand.frame, QPoint(0, 0))
    assert stand.frame.rect().contains(code.rect().translated(corner))


def test_the_amount_and_the_code_stay_inside_a_small_window(stand: Stand) -> None:
    stand.show(payment_view())
    for width, height in ((1920, 1080), (1024, 640), (1366, 768), (1024, 640)):
        stand.frame.fit(width, height)
        stand.settle()
        assert (stand.frame.width(), stand.frame.height()) == (width, height)
        amount, code = stand.find("payment.amount"), stand.find("payment.qr")
        assert amount.geometry().bottom() < code.geometry().top()
        assert amount.geometry().right() <= code.geometry().right()


def test_qr_shown_is_recorded_once_when_it_was_painted(stand: Stand) -> None:
    stand.show(payment_view(url_shown_at=None))
    stand.settle()
    stand.show(payment_view())
    stand.find("payment.qr").repaint()
    stand.settle()
    assert [call for call in stand.notes.calls if call[0] == "qr_shown"] == [
        ("qr_shown", PAYMENT_ID)
    ]


def test_f11_enlarges_the_code_and_any_key_closes(stand: Stand) -> None:
    stand.show(payment_view())
    stand.press(Qt.Key.Key_F11)
    large = stand.find("payment.qr_large")
    assert large.width() > stand.find("payment.qr").width()
    assert decoded(rendered(large)) == [URL]
    stand.press(Qt.Key.Key_Escape)
    assert not stand.has("payment.qr_large")
    assert stand.button("payment.cancel").text() == "Cancel payment"


def test_the_enlarged_code_goes_when_it_cannot_be_paid_any_more(stand: Stand) -> None:
    stand.show(payment_view())
    stand.press(Qt.Key.Key_F11)
    stand.show(payment_view(S.CLOSED, status="closed"))
    assert not stand.has("payment.qr_large")


# Waiting


def test_counters_follow_the_clock(stand: Stand) -> None:
    stand.clock.seconds = 24
    stand.show(payment_view(last_answer=23.0))
    assert stand.text("payment.progress") == "checked 1 s ago · 0:24 so far"
    stand.pass_time(3)
    assert stand.text("payment.progress") == "checked 4 s ago · 0:27 so far"


def test_no_link_is_told_in_a_band_with_the_real_next_check(stand: Stand) -> None:
    stand.clock.seconds = 130
    stand.show(payment_view(misses=2, checks=4, last_answer=92.0, next_check=136.0))
    assert stand.text("payment.band.title") == "No link to the gateway, the QR code is valid"
    assert stand.text("payment.band.right") == "38 s ago"
    assert stand.text("payment.progress") == "2:10 so far · check no. 5 in 6 s"
    stand.pass_time(2)
    assert stand.text("payment.band.right") == "40 s ago"
    stand.show(payment_view(last_answer=132.0))
    assert not stand.has("payment.band")


def test_one_miss_is_no_news(stand: Stand) -> None:
    stand.show(payment_view(misses=1))
    assert not stand.has("payment.band")


def test_a_refused_cancel_says_that_the_customer_is_paying(stand: Stand) -> None:
    stand.show(payment_view(is_cancel_refused=True))
    assert stand.text("payment.band.title") == "The customer is already paying"


def test_expiry_card_appears_in_the_last_five_minutes(stand: Stand) -> None:
    stand.show(payment_view(expires_at=SENT + timedelta(seconds=301)))
    stand.page.tick()
    assert not stand.has("payment.expiry")
    stand.pass_time(2)
    assert stand.text("payment.expiry.left") == "4:59"


def test_expiry_asks_once_and_does_nothing_else(stand: Stand) -> None:
    view = payment_view(expires_at=SENT + timedelta(seconds=10))
    stand.show(view)
    stand.pass_time(9)
    assert stand.notes.names() == []
    for _ in range(4):
        stand.pass_time(1)
        stand.settle()
        stand.page.show_payment(view, till_view(view))
    assert stand.notes.names() == ["check"]
    assert decoded(rendered(stand.page)) == [URL]


def test_no_expiry_no_card(stand: Stand) -> None:
    stand.show(payment_view(expires_at=None))
    stand.pass_time(100_000)
    assert not stand.has("payment.expiry")
    assert stand.notes.names() == []


# Keys


def test_f5_asks_the_gateway_and_is_busy_meanwhile(stand: Stand) -> None:
    stand.show(payment_view())
    stand.press(Qt.Key.Key_F5)
    assert stand.button("payment.check").is_busy
    stand.press(Qt.Key.Key_F5)
    stand.settle()
    assert stand.notes.names() == ["check"]
    assert not stand.button("payment.check").is_busy


def test_a_held_f5_asks_once(stand: Stand) -> None:
    stand.show(payment_view())
    stand.press(Qt.Key.Key_F5)
    stand.settle()
    held = QKeyEvent(
        QKeyEvent.Type.KeyPress, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier, "", True, 1
    )
    QApplication.sendEvent(QApplication.focusWidget() or stand.page, held)
    stand.settle()
    assert stand.notes.names() == ["check"]


def test_one_esc_arms_and_only_the_second_cancels(stand: Stand) -> None:
    stand.show(payment_view())
    stand.press(Qt.Key.Key_Escape)
    assert stand.button("payment.cancel").text() == "Press Esc once more"
    stand.settle()
    assert stand.notes.names() == []
    stand.clock.seconds += 2.9
    stand.press(Qt.Key.Key_Escape)
    stand.settle()
    assert stand.notes.names() == ["cancel"]


def test_a_second_esc_that_comes_too_late_arms_again(stand: Stand) -> None:
    stand.show(payment_view())
    stand.press(Qt.Key.Key_Escape)
    stand.pass_time(3.1)
    assert stand.button("payment.cancel").text() == "Cancel payment"
    stand.press(Qt.Key.Key_Escape)
    stand.settle()
    assert stand.notes.names() == []
    assert stand.button("payment.cancel").text() == "Press Esc once more"


def test_the_cancel_button_needs_two_clicks_too(stand: Stand) -> None:
    stand.show(payment_view())
    for expected in ([], ["cancel"]):
        QTest.mouseClick(stand.find("payment.cancel"), Qt.MouseButton.LeftButton)
        stand.settle()
        assert stand.notes.names() == expected


def test_cancel_while_the_bank_works_warns_first(stand: Stand) -> None:
    stand.show(payment_view(status="process"))
    stand.press(Qt.Key.Key_Escape)
    assert "already processing" in stand.text("payment.band.title")
    assert stand.notes.names() == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F12])
@pytest.mark.parametrize("state", [S.SENDING, S.OPEN, S.CLOSING, S.UNKNOWN, S.QUARANTINE])
def test_enter_and_f12_are_dead_while_the_outcome_is_open(
    stand: Stand, state: PaymentState, key: Qt.Key
) -> None:
    stand.show(payment_view(state))
    with stand.qtbot.assertNotEmitted(stand.page.new_qr_requested):
        stand.press(key)
        stand.settle()
    assert stand.notes.names() == []


@pytest.mark.parametrize("state", [S.SENDING, S.CLOSING, S.UNKNOWN, S.QUARANTINE])
def test_esc_is_dead_where_nothing_can_be_cancelled(stand: Stand, state: PaymentState) -> None:
    stand.show(payment_view(state))
    stand.press(Qt.Key.Key_Escape)
    stand.press(Qt.Key.Key_Escape)
    stand.settle()
    assert stand.notes.names() == []


@pytest.mark.parametrize("state", list(PaymentState))
def test_f7_leaves_for_the_background_only_where_the_table_says(
    stand: Stand, state: PaymentState
) -> None:
    view = payment_view(state)
    stand.show(view)
    left: list[bool] = []
    stand.page.background_requested.connect(lambda: left.append(True))
    stand.press(Qt.Key.Key_F7)
    assert bool(left) is (view.payment.allows(Action.BACKGROUND) and state is not S.PAID)


@pytest.mark.parametrize("state", [S.FAILED, S.CLOSED, S.ABANDONED])
def test_f12_asks_for_a_new_code_once(stand: Stand, state: PaymentState) -> None:
    view = payment_view(state)
    stand.show(view)
    asked: list[str] = []
    stand.page.new_qr_requested.connect(asked.append)
    stand.press(Qt.Key.Key_F12)
    stand.press(Qt.Key.Key_F12)
    assert asked == [view.payment.receipt_id]
    retry = stand.button("result.retry")
    assert is_busy(retry)
    assert retry.accessibleName() == "Checking the earlier payment…"
    assert not stand.button("payment.back").isEnabled()
    stand.page.retry_ended()
    assert not is_busy(retry)
    stand.press(Qt.Key.Key_F12)
    assert len(asked) == 2


@pytest.mark.parametrize("state", [S.FAILED, S.CLOSED, S.ABANDONED, S.REFUSED, S.WITHDRAWN])
def test_enter_is_dead_on_outcomes(stand: Stand, state: PaymentState) -> None:
    stand.show(payment_view(state))
    with stand.qtbot.assertNotEmitted(stand.page.new_qr_requested):
        stand.press(Qt.Key.Key_Return)
        stand.settle()
    assert stand.notes.names() == []


@pytest.mark.parametrize("state", [S.FAILED, S.CLOSED, S.ABANDONED, S.REFUSED, S.WITHDRAWN])
def test_esc_takes_the_receipt_back(stand: Stand, state: PaymentState) -> None:
    stand.show(payment_view(state))
    with stand.qtbot.waitSignal(stand.page.receipt_taken_back, timeout=2000) as taken:
        stand.press(Qt.Key.Key_Escape)
    assert stand.notes.names() == ["back_to_receipt"]
    assert taken.args[0].number == "187-058"


def test_what_was_not_sent_is_sent_again_by_f12(stand: Stand) -> None:
    stand.show(payment_view(S.PREPARED, payment_url=""))
    stand.press(Qt.Key.Key_F12)
    assert stand.button("payment.send").is_busy
    stand.settle()
    assert stand.notes.names() == ["send"]


def test_what_was_not_sent_is_withdrawn_before_the_receipt_comes_back(stand: Stand) -> None:
    stand.show(payment_view(S.PREPARED, payment_url=""))
    with stand.qtbot.waitSignal(stand.page.receipt_taken_back, timeout=2000):
        stand.press(Qt.Key.Key_Escape)
    assert stand.notes.names() == ["withdraw", "back_to_receipt"]


def test_trouble_of_a_use_case_is_raised_and_frees_the_button(stand: Stand) -> None:
    stand.show(payment_view())
    stand.settle()
    stand.notes.trouble = CashierError(Failure.JOURNAL_BUSY)
    with stand.qtbot.waitSignal(stand.page.problem_raised, timeout=2000) as raised:
        stand.press(Qt.Key.Key_F5)
    assert raised.args[0].failure is Failure.JOURNAL_BUSY
    assert not stand.button("payment.check").is_busy


# Training


class Browser(QObject):
    """Takes the place of the web browser."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def browser() -> Iterator[Browser]:
    made = Browser()
    for scheme in ("http", "https", "file"):
        QDesktopServices.setUrlHandler(scheme, made, "open")  # type: ignore[arg-type]  # the stubs want bytes, Qt text
    yield made
    for scheme in ("http", "https", "file"):
        QDesktopServices.unsetUrlHandler(scheme)


def test_training_opens_the_payment_page(training: Stand, browser: Browser) -> None:
    training.show(payment_view())
    assert "payment.open_page" in training.buttons()
    training.press(Qt.Key.Key_F9)
    assert browser.opened == [URL]


def test_training_opens_nothing_but_web_pages(training: Stand, browser: Browser) -> None:
    training.show(payment_view(payment_url="file:///etc/passwd"))
    training.press(Qt.Key.Key_F9)
    assert browser.opened == []


def test_real_money_has_no_such_button(stand: Stand, browser: Browser) -> None:
    stand.show(payment_view())
    assert "payment.open_page" not in stand.buttons()
    stand.press(Qt.Key.Key_F9)
    assert browser.opened == []


# Everything


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

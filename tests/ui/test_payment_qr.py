from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from cashier.domain.payment import PaymentState
from cashier.ui.theme import ThemeController, ThemeName
from tests.ui.payment_kit import framed_page
from tests.ui.payment_stand import Stand
from tests.ui.payment_views import PAYMENT_ID, URL, payment_view
from tests.ui.qr_reading import decoded, rendered

S = PaymentState


@pytest.fixture
def stand(qtbot: QtBot, themed: ThemeController) -> Iterator[Stand]:
    with framed_page() as (frame, notes, clock):
        yield Stand(qtbot, frame, notes, clock)


@pytest.fixture
def training(qtbot: QtBot, themed: ThemeController) -> Iterator[Stand]:
    with framed_page(training=True) as (frame, notes, clock):
        yield Stand(qtbot, frame, notes, clock)


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

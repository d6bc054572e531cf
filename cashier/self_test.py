"""A whole sale and its refund through the real widgets, without a display and without money."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from cashier.app import App
from cashier.domain.failure import CashierError
from cashier.domain.refund import RefundWord
from cashier.options import Options
from cashier.services.training_staff import OTHER_PIN
from cashier.ui.office_texts import refund_word_text
from cashier.ui.widgets.label import Label
from cashier.ui.widgets.pin_entry import LONGEST_GAP

PATIENCE = 30.0
DEAF_FOR = 0.6
"""Seconds in which the green screen ignores Enter."""


class SelfTestFailedError(Exception):
    """What was waited for did not come."""


def run_self_test(data_folder: Path | None, language: str | None) -> int:
    """Sell, be paid and give the money back, once; print each step. 0 when all held, else 1."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(["cashier"])
    if not isinstance(application, QApplication):
        raise TypeError("an application without widgets is running")
    with tempfile.TemporaryDirectory(prefix="cashier-self-test-") as temporary:
        options = Options(
            sandbox=True, data_folder=data_folder or Path(temporary), language=language
        )
        app: App | None = None
        try:
            app = App(application, options)
            app.start()
            _open(app)
            _sell(app)
            _refund(app)
        except (SelfTestFailedError, CashierError) as error:
            print(f"self-test: FAILED: {error}")
            return 1
        finally:
            if app is not None:
                app.close()
    print("self-test: passed")
    return 0


def _open(app: App) -> None:
    _until(lambda: not app.is_opening, "the till")
    if app.trouble is not None:
        raise app.trouble
    _until(lambda: app.window is not None and _is_shown(app.window, "sale.entry"), "its first page")


def _sell(app: App) -> None:
    window, sandbox = app.window, app.sandbox
    if window is None or sandbox is None:
        raise SelfTestFailedError("the till did not open")
    window.resize(1366, 768)
    print(f"self-test: the till is open, its gateway is {sandbox.base_url}")
    entry = window.findChild(QLineEdit, "sale.entry")
    if not isinstance(entry, QLineEdit):
        raise SelfTestFailedError("there is no sale.entry")
    pay = _find(window, "sale.pay")
    for name, price in (("Tea", "120,50"), ("3 * Bun", "45")):
        QTest.keyClicks(entry, name)
        _until(partial(_ends_with, entry, name[-3:]), f"{name} in the entry")
        QTest.keyClick(entry, Qt.Key.Key_F10)
        QTest.keyClicks(entry, price)
        QTest.keyClick(entry, Qt.Key.Key_Return)
    _until(pay.isEnabled, "a receipt that can be paid")
    print(f"self-test: goods are entered, total {_find(window, 'sale.total').accessibleName()}")
    QTest.keyClick(entry, Qt.Key.Key_F12)
    _until(partial(_is_shown, window, "payment.qr"), "the QR")
    _until(lambda: bool(sandbox.gateway.payments()), "the payment at the gateway")
    payment = sandbox.gateway.payments()[-1]
    print(f"self-test: the QR is shown, payment {payment.id}")
    if payment.amount != 25550:
        raise SelfTestFailedError(f"the gateway was told {payment.amount} kopecks, not 25550")
    sandbox.gateway.pay(payment.id)
    _until(partial(_is_shown, window, "result.title"), "the green screen")
    print("self-test: paid")
    _until_time(DEAF_FOR + 0.2)
    QTest.keyClick(_focus(window), Qt.Key.Key_Return)
    _until(entry.isVisible, "the next receipt")
    print("self-test: the next receipt is ready")


def _refund(app: App) -> None:
    """Give back what was just paid: whole, with a reason, by a senior's PIN."""
    window, sandbox = app.window, app.sandbox
    if window is None or sandbox is None:
        raise SelfTestFailedError("the till is closed")
    payment = sandbox.gateway.payments()[-1]
    QTest.keyClick(_focus(window), Qt.Key.Key_F9)
    _until(partial(_is_shown, window, "refund.find"), "the page of refunds")
    QTest.keyClicks(_focus(window), payment.order_id or payment.id)
    QTest.keyClick(_focus(window), Qt.Key.Key_Return)
    _until(partial(_is_shown, window, "refund.lines"), "the lines of the receipt")
    QTest.keyClick(_focus(window), Qt.Key.Key_F6)
    QTest.keyClick(_focus(window), Qt.Key.Key_F2)
    QTest.keyClicks(_focus(window), "Self-test")
    QTest.keyClick(_focus(window), Qt.Key.Key_Return)
    QTest.keyClick(_focus(window), Qt.Key.Key_F12)
    _until(partial(_is_shown, window, "pin.entry"), "the question for a PIN")
    for digit in OTHER_PIN:
        _until_time(2 * LONGEST_GAP)  # as fingers do: quicker digits are a scan
        QTest.keyClicks(_focus(window), digit)
    _until_time(2 * LONGEST_GAP)
    QTest.keyClick(_focus(window), Qt.Key.Key_Return)
    _until(lambda: not _is_shown(window, "pin.entry"), "the senior's approval")
    print("self-test: a senior has allowed the refund")
    QTest.keyClick(_focus(window), Qt.Key.Key_F12)
    _until(lambda: bool(sandbox.gateway.refunds.all()), "the refund at the gateway")
    sent = sandbox.gateway.refunds.all()[-1]
    if (sent.payment_id, sent.amount) != (payment.id, payment.amount):
        raise SelfTestFailedError(f"the gateway was told to refund {sent.amount} of {sent}")
    word, done = window.findChild(Label, "refund.outcome.word"), refund_word_text(RefundWord.DONE)
    if not isinstance(word, Label):
        raise SelfTestFailedError("there is no refund.outcome.word")
    _until(lambda: word.isVisible() and word.text() == done, "the gateway's word on the refund")
    print("self-test: refunded")


def _is_shown(window: QWidget, name: str) -> bool:
    found = window.findChild(QWidget, name)
    return isinstance(found, QWidget) and found.isVisible()


def _focus(window: QWidget) -> QWidget:
    return QApplication.focusWidget() or window


def _ends_with(entry: QLineEdit, text: str) -> bool:
    return entry.text().endswith(text)


def _find(window: QWidget, name: str) -> QWidget:
    found = window.findChild(QWidget, name)
    if not isinstance(found, QWidget):
        raise SelfTestFailedError(f"there is no {name}")
    return found


def _until(holds: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise SelfTestFailedError(f"waited {PATIENCE:.0f} s for {what}")
        _until_time(0.02)


def _until_time(seconds: float) -> None:
    """Let the event loop run for so long."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()

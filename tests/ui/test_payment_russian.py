from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from cashier.domain.bank_codes import BANK_CODES
from cashier.domain.payment import PaymentState, Word
from cashier.ui import texts
from cashier.ui.theme import ThemeController
from cashier.ui.translation import Translation
from tests.ui.payment_kit import framed_page
from tests.ui.payment_stand import Stand
from tests.ui.payment_views import payment_view

CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
LATIN_WORD = re.compile(r"\b[a-z]{4,}\b")


@pytest.fixture
def russian(qapp: QApplication) -> Iterator[Translation]:
    translation = Translation(qapp, language="ru")
    yield translation
    translation.retire()


@pytest.fixture
def stand(qtbot: QtBot, themed: ThemeController, russian: Translation) -> Iterator[Stand]:
    with framed_page() as (frame, notes, clock):
        yield Stand(qtbot, frame, notes, clock)


@pytest.mark.parametrize("code", BANK_CODES, ids=lambda code: code.text)
def test_every_bank_code_speaks_russian(russian: Translation, code: object) -> None:
    row = next(one for one in BANK_CODES if one is code)
    view = payment_view(PaymentState.FAILED, status="error", status_description=row.text)
    told = texts.decline(view.payment)
    for text in (told.heading, told.say, told.money):
        assert CYRILLIC.search(text)
        assert not LATIN_WORD.search(text)
    assert ("деньги не списаны" in told.money) is row.is_certain
    assert ("касса проверит ещё раз" in told.money) is not row.is_certain


def test_words_are_those_of_the_design(russian: Translation) -> None:
    assert texts.word_text(Word.UNKNOWN) == "Исход неизвестен"
    assert texts.word_text(Word.LATE_PAID) == "Оплачен после отмены"
    assert texts.word_text(Word.MISMATCH) == "Несовпадение, позовите старшего"


def test_the_declined_stage_reads_as_in_the_picture(stand: Stand) -> None:
    stand.show(payment_view(PaymentState.FAILED, status="error", status_description="[2, 51]"))
    assert stand.text("result.title") == "Недостаточно средств на карте"
    assert stand.text("result.detail") == (
        "Оплата 2\u202f376,01\u00a0₽ не прошла, деньги не списаны."
    )
    assert stand.text("result.say") == (
        "«На карте не хватает денег. Можно оплатить другой картой или через СБП — "
        "покажу новый QR-код»."
    )
    assert stand.text("payment.receipt.count") == "8 позиций"
    assert stand.button("result.retry").text() == "Повторить с новым QR"


@pytest.mark.parametrize("state", list(PaymentState))
def test_no_english_is_left_on_any_stage(stand: Stand, state: PaymentState) -> None:
    stand.show(payment_view(state, mismatch=("amount",), status="init", refusal_code=3))
    for label in stand.frame.findChildren(QLabel):
        if label.isVisible() and label.property("role") != "key":
            assert not LATIN_WORD.search(label.text().replace("init", "")), label.objectName()


def test_the_page_changes_its_language_while_it_is_shown(
    stand: Stand, russian: Translation
) -> None:
    stand.show(payment_view())
    assert stand.text("payment.status") == "Ждём оплату…"
    russian.use("en")
    stand.settle()
    assert stand.text("payment.status") == "Waiting for payment…"
    assert stand.button("payment.check").text() == "Check now"

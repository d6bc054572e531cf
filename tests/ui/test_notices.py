"""What every page says above itself, and only while there is something to say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cashier.domain.failure import CashierError, Failure
from cashier.journal.epochs import Restoration
from cashier.sandbox.server import SandboxServer
from cashier.ui.frame.notices import Notices
from cashier.ui.widgets.button import Button
from cashier.ui.widgets.tone import Tone
from tests.ui.setup_kit import RealTill, garbage_stays_here, real_till
from tests.virtual_clock import START

pytestmark = pytest.mark.usefixtures("themed")


@pytest.fixture
def real(tmp_path: Path) -> Iterator[RealTill]:
    with garbage_stays_here(), SandboxServer() as server, real_till(tmp_path, server) as made:
        yield made


@pytest.fixture
def notices(qtbot: QtBot, real: RealTill) -> Iterator[Notices]:
    window = QWidget()
    qtbot.addWidget(window)
    made = Notices(till=real.till, background=real.background, clock=real.clock)
    made.stand_in(QVBoxLayout(window))
    window.show()
    yield made
    window.close()


def test_there_is_nothing_while_there_is_nothing_to_say(notices: Notices, real: RealTill) -> None:
    notices.show_view(real.view())
    assert not notices.isVisible()


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("room", "too little room"),
        ("damaged", "not whole"),
        ("Read-only file system", "Read-only file system"),
    ],
)
def test_a_copy_that_failed_is_one_amber_line_until_one_was_made(
    notices: Notices, real: RealTill, reason: str, words: str
) -> None:
    error = CashierError(Failure.COPY_FAILED, reason=reason)
    notices.show_view(replace(real.view(), copy_trouble=error))
    assert notices.copy.isVisible()
    assert notices.copy.tone is Tone.WARN
    assert words in notices.copy.title()
    assert "Selling goes on" in notices.copy.title()
    assert not notices.restored.isVisible()
    notices.show_view(real.view())
    assert not notices.isVisible()


def test_a_restored_journal_is_one_red_line_whose_button_stays(
    notices: Notices, real: RealTill
) -> None:
    waiting = Restoration(START, START - timedelta(hours=2), is_checked=False)
    notices.show_view(replace(real.view(), restoration=waiting))
    assert notices.restored.tone is Tone.BAD
    assert "refunds wait for a manager" in notices.restored.title()
    button = notices.findChild(Button, "notices.reconcile")
    asked = replace(waiting, is_checked=True)
    notices.show_view(replace(real.view(), restoration=asked))
    assert notices.findChild(Button, "notices.reconcile") is button
    notices.show_view(real.view())
    assert not notices.isVisible()

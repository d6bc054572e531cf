"""The footer: what stays on it is not made anew."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from cashier.ui.frame.footer import Footer
from cashier.ui.hints import Hint
from cashier.ui.theme import ThemeController
from cashier.ui.widgets.footer_hint import FooterHint

PAY, PARK, BACK, ALL = (
    Hint(key, text)
    for key, text in (("F12", "QR"), ("F7", "Park"), ("Shift+F12", "Back"), ("F1", "All keys"))
)


@pytest.fixture
def footer(qtbot: QtBot, themed: ThemeController) -> Footer:
    made = Footer()
    qtbot.addWidget(made)
    made.resize(1200, 44)
    made.show()
    return made


def shown(footer: Footer) -> list[str]:
    """From the left."""
    return [one.objectName() for one in hints(footer)]


def hints(footer: Footer) -> list[FooterHint]:
    keys = [one for one in footer.findChildren(FooterHint) if one.isVisible()]
    return sorted(keys, key=lambda one: one.x())


def test_a_hint_that_comes_and_goes_leaves_the_others_as_they_are(
    footer: Footer, qtbot: QtBot
) -> None:
    footer.show_hints((PAY, PARK, ALL), "")
    before = hints(footer)[0]
    footer.show_hints((BACK, PAY, PARK, ALL), "a note")
    qtbot.waitUntil(
        lambda: shown(footer) == ["footer.shift-f12", "footer.f12", "footer.f7", "footer.f1"]
    )
    assert before in hints(footer)
    footer.show_hints((PARK, PAY, ALL), "")
    qtbot.waitUntil(lambda: shown(footer) == ["footer.f7", "footer.f12", "footer.f1"])
    assert before in hints(footer)


def test_the_same_key_with_other_words_is_another_hint(footer: Footer, qtbot: QtBot) -> None:
    footer.show_hints((PAY, ALL), "")
    other = Hint("F12", "New QR")
    footer.show_hints((other, ALL), "")
    qtbot.waitUntil(lambda: shown(footer) == ["footer.f12", "footer.f1"])
    assert hints(footer)[0].accessibleName() == "New QR"

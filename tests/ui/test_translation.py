from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cashier import paths
from cashier.ui.translation import Translation, current_language, system_language


def test_language_is_known_everywhere_and_changes_are_told(
    qtbot: QtBot, qapp: QApplication
) -> None:
    translation = Translation(qapp, language="en")
    assert current_language() == "en"
    with qtbot.waitSignal(translation.changed, timeout=1000) as told:
        translation.use("ru")
    assert told.args == ["ru"]
    assert current_language() == "ru"
    with qtbot.assertNotEmitted(translation.changed):
        translation.use("ru")
    translation.retire()
    assert current_language() == "en"


def test_newer_translation_takes_the_place_of_the_older(qapp: QApplication) -> None:
    Translation(qapp, language="en")
    newer = Translation(qapp, language="ru")
    assert current_language() == "ru"
    newer.retire()


def test_texts_stay_whatever_becomes_of_the_memory_and_the_file(qapp: QApplication) -> None:
    translation = Translation(qapp, language="ru")
    gc.collect()
    size = (paths.resources() / "translations" / "cashier_ru.qm").stat().st_size
    used_again = [bytes(size) for _ in range(200)]
    assert QCoreApplication.translate("Rail", "Sale") == "Продажа"
    translation.use("en")
    translation.use("ru")
    used_again += [bytes(size) for _ in range(200)]
    assert QCoreApplication.translate("Rail", "Terminals") == "Терминалы"
    translation.retire()


def test_unknown_language_is_refused(qapp: QApplication) -> None:
    translation = Translation(qapp)
    with pytest.raises(ValueError, match="language"):
        translation.use("de")
    assert translation.language == "en"
    translation.retire()


def test_system_language_is_one_of_ours() -> None:
    assert system_language() in ("ru", "en")

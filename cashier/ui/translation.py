"""The language on screen, changed while the program runs."""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator, Signal

from cashier import paths
from cashier.settings import Language

_log = logging.getLogger(__name__)


class Translation(QObject):
    """Installs `resources/translations/cashier_<language>.qm`. One per application.

    Source texts are English; the English file only carries the plurals. A change sends every
    widget a LanguageChange event, then emits `changed` with the language.
    """

    changed = Signal(str)

    def __init__(self, application: QCoreApplication, *, language: str = "en") -> None:
        for earlier in _made:
            earlier.retire()
        super().__init__(application)
        _made[:] = [self]
        self._application = application
        self._translator: QTranslator | None = None
        self._texts = b""
        self._language = ""
        self.use(language)

    @property
    def language(self) -> str:
        return self._language

    def retire(self) -> None:
        """Take the texts away and make room for a new one."""
        if self._translator is not None:
            self._application.removeTranslator(self._translator)
        self.setParent(None)
        self.deleteLater()
        _made.clear()

    def use(self, language: str) -> bool:
        """Speak `language` from now on. False when its texts are missing: the source shows.

        Raises ValueError for a language the till does not have.
        """
        if language not in [one.value for one in Language]:
            raise ValueError(f"no such language: {language}")
        if language == self._language:
            return True
        if self._translator is not None:
            self._application.removeTranslator(self._translator)
            self._translator.deleteLater()
        self._language = language
        QLocale.setDefault(QLocale("ru_RU" if language == "ru" else "en_GB"))
        self._translator = QTranslator(self)
        file = paths.resources() / "translations" / f"cashier_{language}.qm"
        # From memory: a file that an update replaces must not change under a running till.
        # Qt keeps no copy of the bytes, so they are kept here as long as the translator.
        try:
            self._texts = file.read_bytes()
        except OSError:
            self._texts = b""
        found = self._translator.load(self._texts)
        if found:
            self._application.installTranslator(self._translator)
        else:
            _log.warning("no texts for language %s", language)
        self.changed.emit(language)
        return found


_made: list[Translation] = []
"""The one that has not been retired."""


def current_language() -> str:
    """The language on screen; "en" while no Translation has been made."""
    return _made[0].language if _made else "en"


def system_language() -> str:
    """The language to start with: Russian where the system speaks it, else English."""
    return "ru" if QLocale.system().language() == QLocale.Language.Russian else "en"

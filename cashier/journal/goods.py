"""Words of a goods' name, so that what a cashier begins to type finds it."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"\w+")
LAST = "\U0010ffff"
"""Sorts after every word that begins alike."""


def fold(name: str) -> str:
    """The name without what does not tell goods apart: case, the dots of ё, spare spaces."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е")
    return " ".join(folded.split())


def words(name: str) -> list[str]:
    """The words of a name or of what was typed, each once."""
    return list(dict.fromkeys(_WORD.findall(fold(name))))

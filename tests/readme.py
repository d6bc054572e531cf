"""README's table of a payment's states, made from the domain: `python -m tests.readme` renews it.

What README says about the program is read by `tests/test_readme.py` through the functions here.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path

from cashier.domain.payment import ALLOWED, TRANSITIONS, PaymentState, word
from cashier.paths import resources
from cashier.ui.texts import word_text

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"

_HEAD = (
    "| State | The cashier reads | It may become | What may be done |",
    "|---|---|---|---|",
)
_STATUSES = ("init", "process", "expired")
"""Gateway words (SPEC 9.1) that between them bring out every word of every state."""


def text() -> str:
    return README.read_text(encoding="utf-8")


def block(name: str, whole: str) -> str:
    """What stands between README's marks `<!-- name -->` and `<!-- /name -->`."""
    found = re.search(rf"<!-- {name} -->\n(.*?)\n<!-- /{name} -->", whole, re.DOTALL)
    assert found is not None, f"README has no block {name}"
    return found[1]


def rows(name: str, whole: str) -> list[list[str]]:
    """The cells of the table in a block, without its head."""
    lines = [line for line in block(name, whole).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def states() -> str:
    """The table of a payment's states, with the words of both languages."""
    russian = _russian()
    return "\n".join([*_HEAD, *(_row(state, russian) for state in PaymentState)])


def _row(state: PaymentState, russian: dict[str, str]) -> str:
    words = [word_text(word(state, status)) for status in _STATUSES]
    english = _listed(words)
    translated = _listed(russian[one] for one in words)
    moves = [f"`{one.value}`" for one in PaymentState if one in TRANSITIONS[state]]
    actions = sorted((one for one in ALLOWED[state]), key=lambda one: one.value)
    done = _listed(one.name.lower().replace("_", " ").replace("qr", "QR") for one in actions)
    cells = (f"`{state.value}`", f"{english} · {translated}", _listed(moves), done)
    return f"| {' | '.join(cells)} |"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words)) or "–"  # as tables are printed


def _russian() -> dict[str, str]:
    """The Russian of the till's words, as the translator wrote them."""
    tree = ET.parse(resources() / "translations" / "cashier_ru.ts")  # noqa: S314  # our own file
    for context in tree.iter("context"):
        if context.findtext("name") == "Texts":
            return {
                message.findtext("source", ""): message.findtext("translation", "")
                for message in context.iter("message")
            }
    raise LookupError("the Russian texts have no context Texts")


def main() -> None:
    before, _, rest = text().partition("<!-- states -->\n")
    _, mark, after = rest.partition("\n<!-- /states -->")
    made = f"{before}<!-- states -->\n{states()}{mark}{after}"
    README.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()

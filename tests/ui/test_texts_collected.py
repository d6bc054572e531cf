"""Every text of the screens is in the Russian file: the collector does not see into f-strings."""

from __future__ import annotations

import ast
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from cashier import paths

UI = Path(__file__).resolve().parent.parent.parent / "cashier" / "ui"


def texts(node: ast.AST, context: str) -> Iterator[tuple[str, str]]:
    """Context and text of each call of tr() and translate() with a literal text."""
    for child in ast.iter_child_nodes(node):
        inside = child.name if isinstance(child, ast.ClassDef) else context
        if isinstance(child, ast.Call):
            name = getattr(child.func, "attr", getattr(child.func, "id", ""))
            words = [one.value for one in child.args if isinstance(one, ast.Constant)]
            if name == "tr" and words:
                yield inside, str(words[0])
            if name == "translate" and len(words) > 1:
                yield str(words[0]), str(words[1])
        yield from texts(child, inside)


def test_every_text_in_the_source_has_been_collected() -> None:
    tree = ET.parse(paths.resources() / "translations" / "cashier_ru.ts")  # noqa: S314  # our own file
    known = {
        (context.findtext("name", ""), message.findtext("source", ""))
        for context in tree.iter("context")
        for message in context.iter("message")
    }
    said = {
        one for file in UI.rglob("*.py") for one in texts(ast.parse(file.read_text("utf-8")), "")
    }
    assert len(said) > 1000
    assert said - known == set()

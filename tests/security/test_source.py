"""What the program's own text may not have in it, read without running it (controls 3, 7, 8, 13,
23).
"""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cashier.ui.widgets.plain_line import PlainLine

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "cashier"
LABEL = PROGRAM / "ui/widgets/label.py"
LABELS = (LABEL, PROGRAM / "ui/widgets/badge.py", PROGRAM / "ui/widgets/keycap.py")
"""Each tells Qt that its text is plain."""
LINE = PROGRAM / "ui/widgets/plain_line.py"
"""It says so by the name of the value."""

FORBIDDEN_CALLS = {
    "eval": "runs what was read",
    "exec": "runs what was read",
    "compile": "runs what was read",
    "__import__": "runs what was read",
    "os.system": "a shell",
    "os.popen": "a shell",
    "pickle.loads": "runs what was read",
    "pickle.load": "runs what was read",
    "marshal.loads": "runs what was read",
    "shelve.open": "pickle inside",
    "yaml.load": "runs what was read",
    "input": "nobody is there to answer",
    "tempfile.mktemp": "a name that others may take",
}
FORBIDDEN_MODULES = {"pickle", "marshal", "shelve", "dill", "yaml", "subprocess", "telnetlib"}
RICH = {
    "QMessageBox",
    "QTextBrowser",
    "QTextEdit",
    "QTextDocument",
    "QErrorMessage",
    "QWhatsThis",
    "QWebEngineView",
    "QSystemTrayIcon",
}
"""Widgets that guess whether a text is HTML, or show it as such."""

RICH_CALLS = {
    "setHtml",
    "insertHtml",
    "appendHtml",
    "setMarkdown",
    "setOpenExternalLinks",
    "setOpenLinks",
    "setWhatsThis",
    "setStatusTip",
    "showText",
}


@cache
def sources() -> tuple[tuple[Path, ast.Module], ...]:
    """Every file of the program, read."""
    files = sorted(PROGRAM.rglob("*.py"))
    return tuple((path, ast.parse(path.read_text(encoding="utf-8"), str(path))) for path in files)


def dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield dotted(node.func), node


def modules(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name.partition(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def dangers(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Everything that runs what was read, or goes through a shell."""
    for name, node in calls(tree):
        if name in FORBIDDEN_CALLS:
            yield node, name
        for keyword in node.keywords:
            if keyword.arg == "shell" and not (
                isinstance(keyword.value, ast.Constant) and keyword.value.value is False
            ):
                yield node, "shell="
            if keyword.arg == "verify" and isinstance(keyword.value, ast.Constant):
                yield node, "verify="


def test_nothing_runs_what_was_read_and_nothing_goes_through_a_shell() -> None:
    for path, tree in sources():
        assert [f"{where(path, node)} {what}" for node, what in dangers(tree)] == []
        assert FORBIDDEN_MODULES.isdisjoint(modules(tree)), path


@pytest.mark.parametrize(
    "text",
    [
        "eval(x)",
        "os.system(x)",
        "pickle.loads(x)",
        "subprocess.run(x, shell=True)",
        "run(x, shell=yes)",
        "httpx.get(x, verify=False)",
    ],
)
def test_such_a_line_would_be_found(text: str) -> None:
    assert list(dangers(ast.parse(text)))


def test_every_text_on_the_screen_comes_from_the_plain_label() -> None:
    """QLabel guesses whether a text is HTML; ours is told that it is not."""
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                names = {one.name for one in node.names}
                assert not (names & RICH), where(path, node)
                assert "QLabel" not in names or path in (*LABELS, LINE), where(path, node)
        for name, call in calls(tree):
            last = name.rpartition(".")[2]
            assert last != "QLabel", where(path, call)
            assert last not in RICH_CALLS, where(path, call)
            if last == "setToolTip":
                assert path == LABEL, where(path, call)
            if last == "setTextFormat":
                assert dotted(call.args[0]).endswith("PlainText"), where(path, call)
    for path in LABELS:
        assert "self.setTextFormat(Qt.TextFormat.PlainText)" in path.read_text(encoding="utf-8")


def test_the_line_before_everything_is_plain_as_well(qapp: QApplication) -> None:
    assert PlainLine(role="title", name="line").textFormat() is Qt.TextFormat.PlainText


def test_no_address_is_opened_but_trainings_own_payment_page_and_folders() -> None:
    for path, tree in sources():
        for name, call in calls(tree):
            if name.rpartition(".")[2] == "openUrl":
                if path == PROGRAM / "ui/show_folder.py":
                    [address] = call.args
                    assert isinstance(address, ast.Call), where(path, call)
                    assert dotted(address.func) == "QUrl.fromLocalFile", where(path, call)
                    continue
                assert path == PROGRAM / "ui/pages/payment.py", where(path, call)
        assert "webbrowser" not in set(modules(tree)), path


def test_statements_of_sql_are_made_of_words_of_the_program_alone() -> None:
    """ruff's S608 is on for the whole program, and only the named lines say why they may."""
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lint = rules["tool"]["ruff"]["lint"]
    assert "S" in lint["select"]
    assert not [rule for rule in lint["ignore"] if rule.startswith("S")]
    for pattern, ignored in lint["per-file-ignores"].items():
        if pattern.startswith("cashier"):
            assert not [rule for rule in ignored if rule.startswith("S")], pattern
    for path in sorted(PROGRAM.rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            found = re.search(r"# noqa: (S[36]\d+)(.*)", line)
            if found is not None:
                assert len(found[2].strip(" -")) > 8, f"{path}:{number} says no reason"


# Secrets in the repository (control 3)

SECRETS = {
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
    "a login": re.compile(r"(?i)\bbasic [a-z0-9+/]{24,}={0,2}"),
    "a token": re.compile(
        r"\b(?:ghp|gho|ghs|github_pat|glpat|xox[abp]|sk_live|rk_live)[-_]\w{10,}"
    ),
    "a cloud key": re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    "a key": re.compile(
        r"(?i)\b(?:api[_-]?key|secret|passwd|password|token)\b[\"']?\s*[:=]\s*[\"'][^\"'\s{}<>]{16,}"
    ),
    "a password in an address": re.compile(r"[a-z][a-z0-9+]*://[^/\s:@\"']+:[^/\s:@\"'{}]{6,}@"),
}
KNOWN = {
    "1526fec01b5d11f4df4f2160627ce351",  # the guide's own test key
    "c24360cfac0a0c40c518405f6bc68cb0",  # and its merchant
}
PLACES_OF_CANARIES = ("tests/",)
"""Tests invent secrets in order to look for them; none of them opens anything."""


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False, text=True
    )
    if listed.returncode:  # not a clone: everything that is here
        return [path for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts]
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def findings(text: str) -> list[str]:
    return [
        f"{what}: {match[0][:24]}…"
        for what, pattern in SECRETS.items()
        for match in pattern.finditer(text)
        if not any(known in match[0] for known in KNOWN)
    ]


def test_no_secret_is_in_the_repository() -> None:
    looked = 0
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(PLACES_OF_CANARIES) or not path.is_file():
            continue
        looked += 1
        text = path.read_bytes().decode("utf-8", "replace")
        assert findings(text) == [], name
    assert looked > 300


def test_a_secret_would_be_found() -> None:
    samples = (
        "-----BEGIN RSA PRIVATE KEY-----",
        "Authorization: Basic c2hvcDpzdXBlcnNlY3JldGtleTEyMzQ1Njc4OTA=",
        "api_key = '0123456789abcdef0123456789abcdef'",
        "postgresql://till:hunter22@db/till",
        "AKIA" + "ABCDEFGHIJKLMNOP",
        "ghp_" + "a" * 30,
    )
    for sample in samples:
        assert findings(sample), sample

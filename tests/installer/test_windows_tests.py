"""The tests under Windows Python end with one line, whatever became of a part of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.windows import LEFT_OUT

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
SAMPLE = """
import os, pytest
def test_good(): pass
def test_bad(): assert False
def test_ends_its_process(): os._exit(3)
def test_after_it(): pass
@pytest.mark.parametrize("where", ["SecretService", "store"])
def test_of(where): assert where == "store"
"""
READ = """
import sys; from pathlib import Path; from windows_tests import Results
results = Results(); results.read(Path(sys.argv[1]))
print(results, sorted(results.failed), dict(results.left_out))
"""


def test_a_part_with_a_dead_process_is_told_whole(tmp_path: Path) -> None:
    (tmp_path / "test_sample.py").write_text(SAMPLE, encoding="utf-8")
    (tmp_path / "test_other.py").write_text("def test_other(): pass\n", encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    report = tmp_path / "report.xml"
    plugins = ("-pno:cacheprovider", "-pno:randomly", "-pno:schemathesis")
    own = python(ROOT / "installer", "-c", "import windows_tests as w; print(*w.OPTIONS)").split()
    words = (*own, "--junitxml", str(report), *plugins, str(tmp_path))
    python(ROOT, "-m", "pytest", *words, expect=1)

    told = python(ROOT / "installer", "-c", READ, str(report))

    assert "4 passed, 2 failed, 1 left out" in told
    assert "['test_sample::test_bad', 'test_sample::test_ends_its_process']" in told
    assert f"{{{LEFT_OUT['SecretService']!r}: 1}}" in told


def test_every_word_of_the_list_of_what_is_left_out_is_in_a_test() -> None:
    texts = [file.read_text(encoding="utf-8") for file in TESTS.rglob("*.py")]
    for word in LEFT_OUT:
        assert sum(word in text for text in texts) > 1, word


def python(folder: Path, *words: str, expect: int = 0) -> str:
    """Run this Python there, with the tests in reach."""
    done = subprocess.run(
        [sys.executable, "-B", *words],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert done.returncode == expect, done.stdout + done.stderr
    return done.stdout

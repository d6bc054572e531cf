"""Where a file shall be written: a window of the system's that blocks nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def choose_file(
    window: QWidget,
    chosen: Callable[[Path], None],
    *,
    name: str,
    suggested: str,
    kinds: Mapping[str, str],
    folder: Path | None = None,
) -> QFileDialog:
    """Ask, and call `chosen` with the path. `kinds`: the filter's words and its suffix."""
    chooser = QFileDialog(window)
    chooser.setObjectName(name)
    chooser.setModal(False)
    chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    chooser.setFileMode(QFileDialog.FileMode.AnyFile)
    chooser.setNameFilters(list(kinds))
    chooser.setDefaultSuffix(next(iter(kinds.values())))
    chooser.filterSelected.connect(lambda words: chooser.setDefaultSuffix(kinds.get(words, "")))
    if folder is not None:
        chooser.setDirectory(str(folder))
    chooser.selectFile(suggested)
    chooser.fileSelected.connect(lambda path: chosen(Path(path)))
    chooser.finished.connect(chooser.deleteLater)
    chooser.show()
    return chooser

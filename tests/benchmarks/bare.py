"""The measure of everything: a window of PySide6 with a line to type into, and nothing else."""

from __future__ import annotations

import sys
import time

from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow

from tests.benchmarks.painted import Painted


def main() -> None:
    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QLineEdit())
    painted = Painted(window)
    window.showMaximized()
    sys.stdout.write(f"start {painted.first()!r}\nstart CPU {time.process_time()!r}\n")
    del application


if __name__ == "__main__":
    main()

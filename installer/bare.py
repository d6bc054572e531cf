"""The measure of the start: a window of PySide6 with a line to type into, and nothing else."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow

application = QApplication(sys.argv[:1])
window = QMainWindow()
window.setCentralWidget(QLineEdit())
window.setMinimumSize(1024, 640)  # the till's
window.showMaximized()
sys.exit(application.exec())

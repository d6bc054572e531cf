"""Which controls a screen reader or a test could not name."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QWidget,
)

_CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit)


def nameless(root: QWidget) -> list[str]:
    """Controls inside `root` that lack a dotted object name or an accessible name."""
    missing = []
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, _CONTROLS) or _is_qt_own(widget):
            continue
        if "." not in widget.objectName() or not widget.accessibleName():
            path = f"{type(widget).__name__} {widget.objectName()!r} {widget.accessibleName()!r}"
            missing.append(path)
    return missing


def _is_qt_own(widget: QWidget) -> bool:
    """Parts that Qt makes inside a control; the control's own name covers them."""
    return widget.objectName().startswith("qt_") or isinstance(
        widget.parent(), (QComboBox, QAbstractItemView)
    )

"""What a key means in the entry line, by the key and never by a letter of a layout."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_VIRTUAL_Z = 0x5A
"""Windows' code of the key, whatever the layout prints on it."""


class EntryKey(Enum):
    ENTER = auto()
    ESCAPE = auto()
    UP = auto()
    DOWN = auto()
    PAGE_UP = auto()
    PAGE_DOWN = auto()
    MORE = auto()
    FEWER = auto()
    REMOVE = auto()
    CLEAR = auto()
    UNDO = auto()
    BACK = auto()
    OTHER = auto()


_ALWAYS = {
    Qt.Key.Key_Return: EntryKey.ENTER,
    Qt.Key.Key_Enter: EntryKey.ENTER,
    Qt.Key.Key_Escape: EntryKey.ESCAPE,
    Qt.Key.Key_Up: EntryKey.UP,
    Qt.Key.Key_Down: EntryKey.DOWN,
    Qt.Key.Key_PageUp: EntryKey.PAGE_UP,
    Qt.Key.Key_PageDown: EntryKey.PAGE_DOWN,
}
_WHEN_EMPTY = {
    Qt.Key.Key_Delete: EntryKey.REMOVE,
    Qt.Key.Key_Backspace: EntryKey.BACK,
    Qt.Key.Key_Plus: EntryKey.MORE,
    Qt.Key.Key_Minus: EntryKey.FEWER,
}
_ON_THE_PAD = {Qt.Key.Key_Plus: EntryKey.MORE, Qt.Key.Key_Minus: EntryKey.FEWER}
_SHIFTS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def entry_key(event: QKeyEvent, *, is_empty: bool) -> EntryKey:
    """`is_empty`: there is no text in the field, so that its own editing keys are free."""
    key = Qt.Key(event.key())
    held = event.modifiers()
    if held & Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_Delete:
        return EntryKey.CLEAR
    if is_empty and _is_undo(event):
        return EntryKey.UNDO
    if held & ~_SHIFTS:
        return EntryKey.OTHER
    if held & Qt.KeyboardModifier.KeypadModifier and key in _ON_THE_PAD:
        return _ON_THE_PAD[key]
    if key in _ALWAYS:
        return _ALWAYS[key]
    return _WHEN_EMPTY.get(key, EntryKey.OTHER) if is_empty else EntryKey.OTHER


def is_letter(event: QKeyEvent) -> bool:
    """Whether the key types something, so that a field would take it."""
    held = event.modifiers() & ~_SHIFTS & ~Qt.KeyboardModifier.GroupSwitchModifier
    return not held and bool(event.text()) and event.text().isprintable()


def _is_undo(event: QKeyEvent) -> bool:
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    held = event.modifiers()
    if held == alt and event.key() == Qt.Key.Key_Backspace:
        return True
    by_place = held == control and event.nativeVirtualKey() == _VIRTUAL_Z
    return by_place or event.matches(QKeySequence.StandardKey.Undo)

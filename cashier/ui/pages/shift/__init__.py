"""Смена: what the open shift came to, its check against the gateway, and its end (picture 08)."""

from __future__ import annotations

from cashier.ui.pages.shift.page import ShiftPage

__all__ = ["ShiftPage"]

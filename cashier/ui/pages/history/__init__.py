"""The history: every payment of the journal, what became of it, and what waits for a decision."""

from __future__ import annotations

from cashier.ui.pages.history.page import HistoryPage

__all__ = ["HistoryPage"]

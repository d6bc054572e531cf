"""The screens that give money back: find a receipt, choose what goes back, send, follow."""

from __future__ import annotations

from cashier.ui.pages.refund.page import RefundPage

__all__ = ["RefundPage"]

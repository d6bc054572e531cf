"""Makes the pages of a till's window. What selling does not need is imported at the first visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cashier.clock import Clock
from cashier.services.till import Till
from cashier.settings import Settings
from cashier.ui.background import Background
from cashier.ui.pages.payment import PaymentPage
from cashier.ui.pages.sale import SalePage

if TYPE_CHECKING:
    from cashier.ui.pages.history import HistoryPage
    from cashier.ui.pages.refund import RefundPage
    from cashier.ui.pages.settings import SettingsPage
    from cashier.ui.pages.shift import ShiftPage
    from cashier.ui.pages.terminals import TerminalsPage


@dataclass(frozen=True, slots=True)
class PageMaker:
    """`used` are the settings that the till was built with; `settings` makes their page."""

    till: Till
    background: Background
    clock: Clock
    used: Settings
    settings: Callable[[], SettingsPage]

    def sale(self) -> SalePage:
        return SalePage(
            till=self.till,
            background=self.background,
            clock=self.clock,
            limit=self.used.amount_limit,
        )

    def payment(self) -> PaymentPage:
        return PaymentPage(
            till=self.till,
            background=self.background,
            clock=self.clock,
            training=self.used.is_training,
            auto_return=self.used.auto_return_seconds,
        )

    def history(self) -> HistoryPage:
        from cashier.ui.pages.history import HistoryPage

        return HistoryPage(
            till=self.till,
            background=self.background,
            clock=self.clock,
            training=self.used.is_training,
            shop=self.used.shop_name,
        )

    def refund(self) -> RefundPage:
        from cashier.ui.pages.refund import RefundPage

        return RefundPage(till=self.till, background=self.background, clock=self.clock)

    def shift(self) -> ShiftPage:
        from cashier.ui.pages.shift import ShiftPage

        return ShiftPage(
            till=self.till,
            background=self.background,
            clock=self.clock,
            training=self.used.is_training,
            shop=self.used.shop_name,
        )

    def terminals(self) -> TerminalsPage:
        from cashier.ui.pages.terminals import TerminalsPage

        return TerminalsPage(till=self.till, background=self.background, clock=self.clock)

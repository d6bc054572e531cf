"""A payment page with a real bridge behind it and use cases that only take notes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.domain.failure import CashierError
from cashier.services.till import Till
from cashier.ui.background import Background
from cashier.ui.pages.payment import PaymentPage
from tests.ui.payment_views import SENT, payment_view, saved_receipt


class HandClock:
    """Both clocks, moved by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def utc(self) -> datetime:
        return SENT + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    async def wait(self, seconds: float, wake: object = None) -> None:
        raise AssertionError("a page never waits")


@dataclass
class Notes:
    """Stands in for `Sales`: every call is noted, nothing else happens."""

    calls: list[tuple[str, str]] = field(default_factory=list)
    trouble: CashierError | None = None

    def names(self) -> list[str]:
        return [name for name, _ in self.calls if name not in ("qr_shown", "look_away")]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)

        async def use_case(payment_id: str = "") -> object:
            self.calls.append((name, payment_id))
            if self.trouble is not None:
                raise self.trouble
            return saved_receipt() if name == "back_to_receipt" else payment_view()

        return use_case


class FrameStandIn(QWidget):
    """The window around the page: rail, header and footer as empty rooms of the right size."""

    def __init__(self, page: PaymentPage, background: Background, width: int, height: int) -> None:
        super().__init__()
        self.background = background
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.page = page
        self._rail, self._header, self._footer = QWidget(), QWidget(), QWidget()
        for name, room in (("rail", self._rail), ("header", self._header)):
            room.setObjectName(name)
        self._footer.setObjectName("footer")
        for room in (self._rail, self._header, self._footer):
            room.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(page, 1)
        column.addWidget(self._footer)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._rail)
        layout.addLayout(column, 1)
        self.fit(width, height)

    def fit(self, width: int, height: int, *, scale: int = 100) -> None:
        """Take that size, with the bars that belong to it."""
        narrow = width * 100 < 1280 * scale
        self._rail.setFixedWidth((60 if narrow else 92) * scale // 100)
        self._header.setFixedHeight((56 if narrow else 64) * scale // 100)
        self._footer.setFixedHeight((36 if narrow else 44) * scale // 100)
        self.resize(width, height)


@contextmanager
def framed_page(
    *, training: bool = False, auto_return: int = 8, width: int = 1366, height: int = 768
) -> Iterator[tuple[FrameStandIn, Notes, HandClock]]:
    """A page in its frame; not shown yet."""
    background = Background()
    notes, clock = Notes(), HandClock()
    page = PaymentPage(
        till=cast(Till, SimpleNamespace(sales=notes)),
        background=background,
        clock=clock,
        training=training,
        auto_return=auto_return,
    )
    frame = FrameStandIn(page, background, width, height)
    try:
        yield frame, notes, clock
    finally:
        frame.close()
        frame.deleteLater()
        background.close()

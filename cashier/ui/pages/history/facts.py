"""Numbers and the gateway's own words, to be read out and copied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from cashier.services.history import Details
from cashier.ui import formats, icons
from cashier.ui.pages.history.look import short_id
from cashier.ui.texts import money_text, quoted
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.label import Label, Role, set_tip


@dataclass(frozen=True, slots=True)
class Fact:
    """`whole` is what is copied, "" for what is only read."""

    name: str
    caption: str
    shown: str
    whole: str = ""


class FactList(QWidget):
    """`copied` with the text that lies on the clipboard now."""

    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history.facts")
        self._details: Details | None = None
        self._facts: tuple[Fact, ...] = ()
        self._rows: list[_FactRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def show_details(self, details: Details) -> None:
        self._details = details
        wanted = self._facts_of(details)
        if wanted == self._facts:
            return
        self._facts = wanted
        for row in self._rows:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_FactRow(fact, copy=self.tr("Copy: {0}")) for fact in wanted]
        for row in self._rows:
            row.copied.connect(self.copied)
            self._layout.addWidget(row)

    def _facts_of(self, details: Details) -> tuple[Fact, ...]:
        payment = details.payment
        order, number = payment.order_id, payment.payment_id
        facts = [
            Fact("order", self.tr("Order number"), short_id(order), order),
            Fact("payment", self.tr("Payment number"), short_id(number), number),
        ]
        for place, refund in enumerate(details.refunds, start=1):
            title = self.tr("Refund {0}").format(place)
            shown = short_id(refund.refund_id) if refund.refund_id else f"#{refund.tag}"
            whole = refund.refund_id or f"#{refund.tag}"
            facts.append(Fact(f"refund{place}", title, shown, whole))
        facts.append(Fact("status", self.tr("Gateway’s word"), payment.status))
        if payment.status_description:
            told = quoted(payment.status_description)
            facts.append(Fact("description", self.tr("Description"), told))
        facts.append(Fact("updated", self.tr("Updated"), _told_moment(payment.updated_at)))
        facts.append(Fact("account", self.tr("Account"), payment.account))
        if payment.funds is not None:
            facts.append(Fact("funds", self.tr("Funds"), money_text(payment.funds)))
        if payment.bonuses is not None:
            facts.append(Fact("bonuses", self.tr("Bonuses"), money_text(payment.bonuses)))
        return tuple(fact for fact in facts if fact.shown)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._details is not None:
            self.show_details(self._details)


class _FactRow(QWidget):
    copied = Signal(str)

    def __init__(self, fact: Fact, *, copy: str) -> None:
        super().__init__()
        self._fact = fact
        self._caption = Label(fact.caption, role=Role.SMALL, tone="2")
        self._value = Label(
            fact.shown,
            role=Role.SMALL,
            name=f"history.facts.{fact.name}",
            align=Qt.AlignmentFlag.AlignRight,
            elide=True,
        )
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._caption)
        self._layout.addWidget(self._value, 1)
        self._button: QToolButton | None = None
        if fact.whole:
            set_tip(self._value, fact.whole)
            self._button = QToolButton()
            self._button.setObjectName(f"history.copy.{fact.name}")
            self._button.setAccessibleName(copy.format(fact.caption))
            self._button.setProperty("flat", True)
            self._button.clicked.connect(self._copy)
            self._layout.addWidget(self._button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        follow_theme(self.restyle)

    def restyle(self, theme: Theme) -> None:
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(8))
        self.setFixedHeight(theme.px(44 if theme.touch else 28))
        if self._button is not None:
            self._button.setFixedSize(theme.px(44), theme.px(44 if theme.touch else 28))
            self._show_icon("copy", "text-2")

    def _show_icon(self, name: str, colour: str) -> None:
        theme = current_theme()
        if self._button is not None:
            self._button.setIconSize(icons.square(theme.px(16)))
            self._button.setIcon(icons.icon(name, theme.px(16), theme.color(colour)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._fact.whole)
        self._show_icon("check", "ok-text")
        self.copied.emit(self._fact.whole)


def _told_moment(text: str) -> str:
    """The gateway's own moment as people write it here; as it came where it cannot be read."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    here = moment.astimezone() if moment.tzinfo else moment
    return formats.date_time(current_language(), here, seconds=True)

"""The left side of the refund page: what was found, and what goes back of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cashier.domain.payment import Payment
from cashier.ui.pages.refund.draft import Draft
from cashier.ui.pages.refund.find_bar import FindBar
from cashier.ui.pages.refund.grid import RefundGrid
from cashier.ui.pages.refund.matches import Matches
from cashier.ui.pages.refund.stage import RefundStage
from cashier.ui.pages.refund.sum_form import SumForm
from cashier.ui.pages.refund.texts import paid_text
from cashier.ui.theme import Theme, current_theme, follow_theme
from cashier.ui.widgets.badge import Badge
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.empty_state import EmptyState, Skeleton
from cashier.ui.widgets.fitted_scroll import scrolling
from cashier.ui.widgets.icon_label import IconLabel
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.table import TableFrame
from cashier.ui.widgets.tone import Tone


class RefundContent(QWidget):
    """Its parts are public; the page decides which of them is on screen."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_compact = False
        self.bar = FindBar()
        self.title = Label(role=Role.TITLE, name="refund.title")
        self.badge = Badge(name="refund.badge")
        self.paid = Label(
            role=Role.BODY,
            tone="2",
            elide=True,
            align=Qt.AlignmentFlag.AlignRight,
            name="refund.payment",
        )
        self.band = Band(name="refund.band")
        self.grid = RefundGrid()
        self.sum = SumForm()
        self.stage = RefundStage()
        self.matches = Matches()
        self.empty = EmptyState(name="refund.empty", icon="scan-barcode")
        self._loading = Label(role=Role.BODY, tone="2", name="refund.loading")
        self._notes = [Label(role=Role.SMALL, tone="2", elide=True) for _ in range(2)]
        self._stack = QStackedWidget()
        self._arrange()
        follow_theme(self.restyle)

    def _arrange(self) -> None:
        self._head = QWidget()
        head = self._head_row = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.title)
        head.addWidget(self.badge)
        head.addWidget(self.paid, 1)
        self._frame = TableFrame(self.grid)
        loading = QWidget()
        column = QVBoxLayout(loading)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Skeleton(rows=4))
        column.addWidget(self._loading)
        column.addStretch(1)
        self._loading_page = loading
        lines = self._lines_page = QWidget()
        under = QVBoxLayout(lines)
        under.setContentsMargins(0, 0, 0, 0)
        under.addWidget(self._frame, 1)
        under.addWidget(_with_icon(self._notes[0]))
        under.addStretch()
        self.sum.add_note(_with_icon(self._notes[1]))
        self._sum_page = scrolling(self.sum)
        self._stage_page = scrolling(self.stage)
        for page in (
            self.empty,
            loading,
            self.matches,
            lines,
            self._sum_page,
            self._stage_page,
        ):
            self._stack.addWidget(page)
        layout = self.room = QVBoxLayout(self)
        for part in (self.bar, self._head, self.band, self._stack):
            layout.addWidget(part, 1 if part is self._stack else 0)

    def restyle(self, theme: Theme) -> None:
        side = theme.px(16 if self._is_compact else 20)
        self.room.setContentsMargins(side, theme.px(16), side, theme.px(12))
        self.room.setSpacing(theme.px(10 if self._is_compact else 14))
        self._head_row.setSpacing(theme.px(14))

    def set_compact(self, compact: bool) -> None:
        if compact == self._is_compact:
            return
        self._is_compact = compact
        self.grid.set_compact(compact)
        self.stage.set_compact(compact)
        self.sum.set_compact(compact)
        self.title.set_role(Role.PANEL_HEAD if compact else Role.TITLE)
        self.restyle(current_theme())

    # What is on screen

    def show_empty(self) -> None:
        self._show(self.empty)

    def show_loading(self) -> None:
        self._show(self._loading_page)

    def show_matches(self) -> None:
        self._show(self.matches)

    def show_form(self, draft: Draft, *, frozen: bool) -> None:
        """The lines, or the sum."""
        self._show_head(draft)
        if draft.is_by_sum:
            self.sum.show_draft(draft, frozen=frozen)
            self._show(self._sum_page, head=True)
        else:
            self.grid.show_draft(draft, frozen=frozen)
            self._show(self._lines_page, head=True)
            self._fit_frame()
        self.bar.all.setEnabled(not frozen and draft.form.left.minor > 0)

    def show_stage(self, draft: Draft) -> None:
        self._show_head(draft)
        self._show(self._stage_page, head=True)

    def _show(self, page: QWidget, *, head: bool = False) -> None:
        self._stack.setCurrentWidget(page)
        self._head.setVisible(head)
        self.bar.all.setEnabled(False)

    def _show_head(self, draft: Draft) -> None:
        payment = draft.form.payment
        number = draft.form.receipt.number
        if number:
            self.title.setText(self.tr("Refund of receipt {0}").format(number))
        else:
            self.title.setText(self.tr("Refund of a payment"))
        self._show_badge(draft, payment)
        self.paid.setText(paid_text(payment))

    def _show_badge(self, draft: Draft, payment: Payment) -> None:
        is_part = 0 < draft.form.left.minor < payment.amount.minor
        self.badge.setVisible(draft.form.left < payment.amount)
        text = self.tr("Partly refunded") if is_part else self.tr("Refunded")
        self.badge.show_state(text, tone=Tone.REFUND, icon="undo-2")

    def _fit_frame(self) -> None:
        """No higher than its rows, so that the note stands right under them."""
        rows = self.grid.lines.rowCount()
        header = self.grid.horizontalHeader().height()
        wanted = header + rows * self.grid.verticalHeader().defaultSectionSize()
        self._frame.setMaximumHeight(wanted + current_theme().px(6) + 2)
        self._frame.setMinimumHeight(0)

    def retranslate(self) -> None:
        self.bar.retranslate()
        self.grid.retranslate()
        self.matches.retranslate()
        self.empty.show_texts(
            self.tr("Scan the slip or type the receipt’s number"),
            self.tr("The number stands on the slip, like 187-041"),
        )
        self._loading.setText(self.tr("Asking the gateway about this payment…"))
        for note in self._notes:
            note.setText(
                self.tr("The money goes back the way it was paid. A refund cannot be undone.")
            )


def _with_icon(note: Label) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(10)
    layout.addWidget(IconLabel("info", px=18, colour="text-3"))
    layout.addWidget(note, 1)
    return row

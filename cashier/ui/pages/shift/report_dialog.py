"""A report on the screen, and from there into a PDF or a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cashier.domain.shift_report import ShiftReport
from cashier.ui.pages.shift.sheet import report_sheet
from cashier.ui.printing import Look, SheetLine
from cashier.ui.theme import Theme, follow_theme
from cashier.ui.widgets.button import Button, Kind
from cashier.ui.widgets.card import Rule
from cashier.ui.widgets.dialog import Dialog
from cashier.ui.widgets.label import Label, Role

_ROLES = {
    Look.TITLE: Role.PANEL_HEAD,
    Look.TOTAL: Role.VALUE_LARGE,
    Look.LINE: Role.ROW,
    Look.SMALL: Role.SMALL,
    Look.NOTE: Role.STRONG,
}


class _Row(QWidget):
    def __init__(self, line: SheetLine) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        if line.look is Look.RULE:
            layout.addWidget(Rule())
            return
        role = _ROLES.get(line.look, Role.ROW)
        tone = "2" if line.look is Look.SMALL else None
        layout.addWidget(Label(line.left, role=role, tone=tone, wrap=True), 1)
        if line.right:
            layout.addWidget(Label(line.right, role=role, tone=tone))


class ReportDialog(Dialog):
    """Esc or Enter leaves. `pdf_wanted` and `xlsx_wanted` carry the report."""

    pdf_wanted = Signal(object)
    xlsx_wanted = Signal(object)

    def __init__(
        self,
        window: QWidget,
        *,
        report: ShiftReport,
        people: dict[str, str],
        training: bool,
        shop: str = "",
    ) -> None:
        super().__init__(window, name="shift.dialog", width=640)
        self._report = report
        self._people = people
        self._training = training
        self._shop = shop
        self._rows = QVBoxLayout()
        self.body.addLayout(self._rows)
        self.body.addStretch(1)
        self._pdf = Button("", name="shift.dialog.pdf", keycap="F8")
        self._xlsx = Button("", name="shift.dialog.xlsx", keycap="F10")
        self._leave = Button("", name="shift.dialog.close", kind=Kind.PRIMARY, keycap="Esc")
        self.buttons.addWidget(self._pdf)
        self.buttons.addWidget(self._xlsx)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._leave)
        self._pdf.clicked.connect(self._want_pdf)
        self._xlsx.clicked.connect(self._want_xlsx)
        self._leave.clicked.connect(self.remove)
        self.on_key("F8", self._want_pdf)
        self.on_key("F10", self._want_xlsx)
        self.escaped.connect(self.remove)
        self.retranslate()
        follow_theme(self._restyle_rows)

    def _restyle_rows(self, theme: Theme) -> None:
        self._rows.setSpacing(theme.px(6))

    def begin(self) -> None:
        self.open(focus=self._leave)

    def _want_pdf(self) -> None:
        self.pdf_wanted.emit(self._report)

    def _want_xlsx(self) -> None:
        self.xlsx_wanted.emit(self._report)

    def retranslate(self) -> None:
        sheet = report_sheet(self._report, self._people, training=self._training, shop=self._shop)
        self.set_title(sheet.title)
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        notes = [SheetLine(Look.NOTE, note) for note in sheet.notes]
        rest = [line for line in sheet.lines if line.look not in (Look.TITLE, Look.GAP)]
        for line in (*notes, *rest):
            self._rows.addWidget(_Row(line))
        self._pdf.setText(self.tr("PDF"))
        self._pdf.set_accessible(self.tr("Save as PDF"))
        self._xlsx.setText(self.tr("Excel"))
        self._xlsx.set_accessible(self.tr("Save for Excel"))
        self._leave.setText(self.tr("Close"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

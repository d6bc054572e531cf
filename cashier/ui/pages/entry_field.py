"""The field of the entry line: the scanner's icon, two chips, the edit, its key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cashier.domain.quantity import Quantity
from cashier.ui import formats
from cashier.ui.theme import Theme, current_theme
from cashier.ui.translation import current_language
from cashier.ui.widgets.badge import Badge
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.keycap import Keycap
from cashier.ui.widgets.tone import Tone

_NAME_SHARE = 0.45
_SMALL = 52


class EntryField(Field):
    """«3 ×» and the goods' name stand as chips before what is typed."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        self._is_compact = False
        self._key: Keycap | None = None  # the base class restyles before it is there
        super().__init__(name="sale.entry", height="entry", icon="scan-barcode", parent=parent)
        self.count = Badge(tone=Tone.ACCENT, name="sale.entry.quantity")
        self.goods = Badge(tone=Tone.MUTE, name="sale.entry.name")
        for place, chip in enumerate((self.count, self.goods), start=1):
            self.frame.row.insertWidget(place, chip)
            chip.hide()
        self._key = Keycap("F2")
        self.add_trailing(self._key)
        self.restyle(current_theme())

    def restyle(self, theme: Theme) -> None:
        super().restyle(theme)
        if self._key is None:
            return
        small = self._is_compact and not theme.touch
        self.frame.setFixedHeight(theme.px(_SMALL) if small else theme.height("entry"))
        self._key.setVisible(not theme.touch)

    def set_compact(self, compact: bool) -> None:
        self._is_compact = compact
        self.restyle(current_theme())

    def show_chips(self, quantity: Quantity | None, name: str) -> None:
        """Show what is there: None and "" are not. A long name is cut."""
        self.count.setVisible(quantity is not None)
        if quantity is not None:
            self.count.setText(f"{formats.quantity(current_language(), quantity)} ×")
        self.goods.setVisible(bool(name))
        room = int(self.width() * _NAME_SHARE)
        metrics = self.goods.fontMetrics()
        self.goods.setText(metrics.elidedText(name, Qt.TextElideMode.ElideRight, room))
        self.goods.setAccessibleName(name)
        self.goods.updateGeometry()

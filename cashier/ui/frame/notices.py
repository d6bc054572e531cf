"""What every page says above itself: refunds wait after a restore; the journal was not copied."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from cashier.clock import Clock
from cashier.services.till import Till
from cashier.services.views import TillView
from cashier.ui.background import Background
from cashier.ui.frame.above_page import AbovePage
from cashier.ui.journal_texts import restoration_text
from cashier.ui.texts import failure_text
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Size
from cashier.ui.widgets.tone import Tone


class Notices(AbovePage):
    """Hidden while there is nothing to say."""

    def __init__(
        self, *, till: Till, background: Background, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(name="notices", parent=parent)
        self._till = till
        self._background = background
        self._clock = clock
        self._view: TillView | None = None
        self._button: Button | None = None
        self.restored = Band(name="notices.restored")
        self.copy = Band(name="notices.copy")
        self.column.addWidget(self.restored)
        self.column.addWidget(self.copy)

    def show_view(self, view: TillView) -> None:
        before, self._view = self._view, view
        told = (view.restoration, view.copy_trouble)
        if before is None or (before.restoration, before.copy_trouble) != told:
            self.retranslate()

    def reconcile(self) -> None:
        """What a manager does until refunds go on."""
        view = self._view
        if view is None or view.restoration is None:
            return
        from cashier.ui.dialogs.reconcile_restored import ReconcileRestoredDialog

        dialog = ReconcileRestoredDialog(
            self.window(),
            till=self._till,
            background=self._background,
            clock=self._clock,
            waiting=view.restoration,
            person=view.person,
        )
        dialog.begin()

    def retranslate(self) -> None:
        view = self._view
        if view is None:
            return
        if view.restoration is None:
            self.restored.clear()
            self._button = None
        else:
            if self._button is None:  # it stays: the dialog gives the focus back to it
                self._button = Button("", name="notices.reconcile", size=Size.SM)
                self._button.clicked.connect(self.reconcile)
                self.restored.add_button(self._button)
            self._button.setText(self.tr("Reconcile"))
            text = self.tr("Look them up in the Invoice account first; the button says how.")
            title = restoration_text(view.restoration)
            self.restored.show_message(title, tone=Tone.BAD, detail=text)
        if view.copy_trouble is None:
            self.copy.clear()
        else:
            self.copy.show_message(failure_text(view.copy_trouble), tone=Tone.WARN)
        self.setVisible(view.restoration is not None or view.copy_trouble is not None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

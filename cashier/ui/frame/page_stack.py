"""The pages of the window, each made at its first visit: selling never waits for the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from cashier.ui.frame.section import Section
from cashier.ui.pages.page import Page

if TYPE_CHECKING:
    from cashier.services.views import TillView


class PageStack(QStackedWidget):
    """Knows which page is on screen and tells every page that was made what the till says."""

    footer_changed = Signal()
    problem_raised = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._makers: Mapping[Section, Callable[[], Page]] = {}
        self._made: dict[Section, Page] = {}
        self._pages: list[Page] = []
        self._view: TillView | None = None

    def make_by(self, makers: Mapping[Section, Callable[[], Page]]) -> None:
        """How the pages of the sections are made."""
        self._makers = makers

    @property
    def page(self) -> Page:
        """The one on screen."""
        return self._pages[self.currentIndex()]

    def of(self, section: Section) -> Page:
        """The page of a section, made now if nobody has been there yet."""
        if section not in self._made:
            self._made[section] = page = self._makers[section]()
            self.take_in(page)
        return self._made[section]

    def take_in(self, page: Page) -> None:
        """Add a page, which may belong to no section of its own."""
        self._pages.append(page)
        self.addWidget(page)
        page.footer_changed.connect(self.footer_changed)
        page.problem_raised.connect(self.problem_raised)
        if self._view is not None:
            page.show_view(self._view)

    @property
    def section(self) -> Section | None:
        """The section on screen; None for a page that belongs to none."""
        return next((one for one, page in self._made.items() if page is self.page), None)

    def is_on(self, section: Section) -> bool:
        """Whether the section's own page is on screen."""
        return self.section is section

    def hasHeightForWidth(self) -> bool:
        """The page on screen takes what room there is.

        Otherwise each word that changes in the header would lay out all pages, seen or not.
        """
        return False

    def show_view(self, view: TillView) -> None:
        self._view = view
        for page in self._pages:
            page.show_view(view)

    def show_page(self, page: Page) -> None:
        """Bring a page on screen; the one before hears that it was left."""
        before = self.page
        if before is not page:
            before.left()
            self.setCurrentWidget(page)

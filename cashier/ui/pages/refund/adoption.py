"""The two dialogs over payments that another journal made, opened where they are needed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from cashier.domain.payment import Payment
from cashier.domain.staff import Person
from cashier.services.till import Till
from cashier.ui.background import Background


class Adoption:
    """`opened` is called with the payment's id when one was taken in or its past was told."""

    def __init__(
        self,
        owner: QWidget,
        *,
        till: Till,
        background: Background,
        opened: Callable[[str], object],
    ) -> None:
        self._owner = owner
        self._till = till
        self._background = background
        self._opened = opened

    def find(self, number: str, person: Person | None) -> None:
        """Look for a payment at the gateway; a manager takes it in (row R21)."""
        import cashier.ui.pages.history  # noqa: F401  the dialogs cannot be imported before it
        from cashier.ui.dialogs.adopt import AdoptDialog

        dialog = AdoptDialog(
            self._owner.window(),
            till=self._till,
            background=self._background,
            person=person,
            number=number,
        )
        dialog.adopted.connect(lambda details: self._opened(details.payment.id))
        dialog.open()

    def declare(self, payment: Payment, person: Person | None) -> None:
        """Say how much of an adopted payment went back before."""
        import cashier.ui.pages.history  # noqa: F401  the dialogs cannot be imported before it
        from cashier.ui.dialogs.adopt import DeclareDialog

        dialog = DeclareDialog(
            self._owner.window(),
            till=self._till,
            background=self._background,
            person=person,
            payment=payment,
        )
        dialog.declared.connect(lambda details: self._opened(details.payment.id))
        dialog.open()

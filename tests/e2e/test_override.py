"""A senior's word for a second payment is for the payment it was given for, and no other."""

from __future__ import annotations

from cashier.domain.staff import Person, Right, Role
from cashier.services.approvals import Approval
from cashier.ui.dialogs.override import OverrideDialog
from cashier.ui.pages.sale import SalePage
from tests.e2e.conftest import Launch


def test_a_word_that_no_payment_followed_is_not_kept_for_the_next(launch: type[Launch]) -> None:
    till = launch.start()
    till.enter_goods("Tea", "120.50")
    sale = till.window.findChild(SalePage)
    assert sale is not None
    sale.override_requested.emit("1-001")
    till.until(lambda: till.window.findChild(OverrideDialog) is not None)
    dialog = till.window.findChild(OverrideDialog)
    assert dialog is not None
    sale.draft.load()  # the receipt is being fetched, so that nothing can be paid at this moment
    boss = Person(id="b", name="Марина", role=Role.SENIOR)
    dialog.agreed.emit("Два покупателя", Approval(id="a", right=Right.OVERRIDE, approver=boss))
    dialog.remove()
    till.until(lambda: not sale.draft.is_moving)
    assert till.sandbox.gateway.payments() == ()
    till.show_qr()
    assert len(till.sandbox.gateway.payments()) == 1

"""What training has ready on its first day: a terminal, and goods to suggest."""

from __future__ import annotations

import json

from cashier.domain.money import Money
from cashier.domain.receipt import Receipt
from cashier.domain.terminal import NewTerminal
from cashier.journal.journal import Journal
from cashier.paths import resources
from cashier.services.till import Till

ALIAS = "1:1"


async def prepare(till: Till, journal: Journal, language: str) -> None:
    """Make the terminal where there is none, and fill an empty memory of goods.

    For the gateway inside the program only. Raises CashierError as `Terminals.prepare` does.
    """
    text = (resources() / "training" / "goods.json").read_text(encoding="utf-8")
    sample = json.loads(text)[language]
    if not till.terminals.known:
        await till.terminals.prepare(
            NewTerminal(name=sample["terminal"], alias=ALIAS, description=sample["description"])
        )
    note = f"training_goods:{language}"
    if await journal.read(lambda reader: reader.note(note)) is None:
        receipt = Receipt()
        for name, price in sample["goods"]:
            receipt = receipt.add(name, Money.of(price))
        await journal.write(lambda ledger: ledger.remember_goods(receipt))
        await journal.write(lambda ledger: ledger.set_note(note, "done"))

"""Goods sold before, found by the beginnings of the words of their names.

A table of folded words serves both databases alike, and is quick with 100,000 names.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    exists,
    func,
    insert,
    select,
    text,
    update,
)

from cashier.domain.receipt import Receipt
from cashier.domain.saved_receipt import KnownGoods
from cashier.journal.records import goods_of
from cashier.journal.schema import goods, goods_words
from cashier.journal.text import clean, stamp

_WORD = re.compile(r"\w+")
_LAST = "\U0010ffff"
"""Sorts after every word that begins alike."""

_COMMON = 10_000
"""A word that begins this many names is no help in finding them."""

_SET = update(goods).where(
    goods.c.folded == bindparam("same_name"), goods.c.currency == bindparam("same_currency")
)
_ADD = text(
    "INSERT INTO goods (folded, currency, name, price, sold_at)"
    " VALUES (:folded, :currency, :name, :price, :sold_at)"
    " ON CONFLICT (folded, currency) DO NOTHING RETURNING id"
)
"""Another till may sell the same for the first time at the same moment."""


def fold(name: str) -> str:
    """The name without what does not tell goods apart: case, the dots of ё, spare spaces."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е")
    return " ".join(folded.split())


def words(name: str) -> list[str]:
    """The words of a name or of what was typed, each once."""
    return list(dict.fromkeys(_WORD.findall(fold(name))))


def remember(connection: Connection, receipt: Receipt, *, now: datetime) -> None:
    """Keep each line's name, with its newest spelling and price.

    On a server in the order of the names, so that no two tills wait for each other.
    """
    lines = list(receipt.lines)
    if connection.dialect.name != "sqlite":
        lines.sort(key=lambda line: fold(clean(line.name)))
    for line in lines:
        name = clean(line.name)
        same = {"same_name": fold(name), "same_currency": line.price.currency.value}
        row = {"name": name, "price": line.price.minor, "sold_at": stamp(now)}
        if connection.execute(_SET, row | same).rowcount:
            continue
        new = row | {"folded": same["same_name"], "currency": same["same_currency"]}
        goods_id = connection.execute(_ADD, new).scalar_one_or_none()
        if goods_id is None:
            connection.execute(_SET, row | same)
            continue
        parts = [{"word": word, "goods_id": goods_id} for word in words(name)]
        if parts:
            connection.execute(insert(goods_words), parts)


def find(connection: Connection, typed: str, *, limit: int) -> list[KnownGoods]:
    """Goods that have, for each word typed, one that begins so; the newest sale first."""
    begun = sorted((_frequency(connection, word), word) for word in words(clean(typed)))
    if not begun:
        return []
    query = select(goods).order_by(goods.c.sold_at.desc(), goods.c.id.desc()).limit(limit)
    for place, (frequency, word) in enumerate(begun):
        if place == 0 and frequency < _COMMON:
            # The rarest word leads; where all are common, the newest goods are gone through.
            rare = select(goods_words.c.goods_id).where(_begins(word))
            query = query.where(goods.c.id.in_(rare))
        else:
            own = goods_words.c.goods_id == goods.c.id
            query = query.where(exists().where(own, _begins(word)))
    return [goods_of(row) for row in connection.execute(query)]


def _frequency(connection: Connection, word: str) -> int:
    """How many names have a word that begins so, as far as it matters."""
    some = select(goods_words.c.goods_id).where(_begins(word)).limit(_COMMON).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one())


def _begins(word: str) -> ColumnElement[bool]:
    return (goods_words.c.word >= word) & (goods_words.c.word < word + _LAST)

"""The merchant's terminals."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from cashier.sandbox.change_lock import ChangeLock
from cashier.sandbox.refusal import Code, Refusal
from cashier.sandbox.validation import TerminalQuery, TerminalRequest
from cashier.sandbox.values import Profile, Terminal, TypeSpelling

_FIRST_NUMBER = 13


class Terminals:
    """Every method may be called by any thread."""

    def __init__(self, profile: Profile, *, lock: ChangeLock) -> None:
        self._profile = profile
        self._lock = lock
        self.clear()

    def clear(self) -> None:
        with self._lock:
            self._terminals: dict[str, Terminal] = {}
            self._next_number = _FIRST_NUMBER
            self._spelling: TypeSpelling | None = None
            self._lock.mark()

    @property
    def next_number(self) -> int:
        """The number of the next terminal, where terminals have numbers."""
        return self._next_number

    def recall(self, terminals: Iterable[Terminal], *, next_number: int) -> None:
        """Know the terminals of an earlier run, the oldest first."""
        with self._lock:
            self._terminals = {terminal.id: terminal for terminal in terminals}
            self._next_number = next_number

    @property
    def type_spelling(self) -> TypeSpelling:
        """The words for a terminal's type: the guide's by the guide, both in the live profile."""
        if self._spelling is not None:
            return self._spelling
        return TypeSpelling.GUIDE if self._profile is Profile.SPEC else TypeSpelling.BOTH

    def set_type_spelling(self, spelling: TypeSpelling | None) -> None:
        """Take only these words in CreateTerminal; None returns to the profile's own."""
        self._spelling = spelling

    def create(self, request: TerminalRequest) -> Terminal:
        """SPEC 7.2.1. An alias belongs to one terminal: else Refusal(ALIAS_OR_STARTED)."""
        with self._lock:
            taken = {terminal.alias for terminal in self._terminals.values()}
            if request.alias is not None and request.alias in taken:
                raise Refusal(Code.ALIAS_OR_STARTED, "Такой alias терминала уже занят")
            terminal = Terminal(
                id=self._new_id(),
                name=request.name,
                alias=request.alias,
                description=request.description,
                fixed=request.fixed,
                default_price=request.default_price,
                can_comment=request.can_comment,
            )
            self._terminals[terminal.id] = terminal
            self._lock.mark()
            return terminal

    def _new_id(self) -> str:
        """A number by the guide's examples, 32 hexadecimal signs in the live service."""
        if self._profile is Profile.LIVE:
            return secrets.token_hex(16)
        self._next_number += 1
        return str(self._next_number - 1)

    def find(self, query: TerminalQuery) -> Terminal:
        """SPEC 7.2.2. Raises Refusal TERMINAL (no such id) or ALIAS_OR_STARTED (no such alias)."""
        with self._lock:
            if query.alias is None:
                found = self._terminals.get(query.id or "")
                if found is None:
                    raise Refusal(Code.TERMINAL)
                return found
            for terminal in self._terminals.values():
                if terminal.alias == query.alias:
                    return terminal
            raise Refusal(Code.ALIAS_OR_STARTED)

    def get(self, terminal_id: str) -> Terminal | None:
        with self._lock:
            return self._terminals.get(terminal_id)

    def all(self) -> tuple[Terminal, ...]:
        with self._lock:
            return tuple(self._terminals.values())

    def forget(self, terminal_id: str) -> None:
        """The terminal vanishes, as if removed in the cabinet. Raises KeyError."""
        with self._lock:
            del self._terminals[terminal_id]
            self._lock.mark()

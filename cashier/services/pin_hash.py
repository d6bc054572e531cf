"""PINs as the journal keeps them: argon2id, slow on purpose, never on the event loop."""

from __future__ import annotations

import anyio.to_thread

MEMORY_KIB = 19 * 1024
ROUNDS = 2
LANES = 1

_NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdCEhIQ"
    "$ud5PLFEPYxgOhjOGc9zwdC5SP0LFXh/jQHXtteSMaSg"
)
"""The hash of 32 random bytes that nobody kept: what is worked on where there is no PIN."""


class PinHasher:
    """Hashes and checks in a worker thread. The cost is for tests to lower, never for the till."""

    def __init__(self, *, memory_kib: int = MEMORY_KIB, rounds: int = ROUNDS) -> None:
        self._memory_kib = memory_kib
        self._rounds = rounds

    async def hash(self, pin: str) -> str:
        """The encoded hash with a salt of its own."""
        return await anyio.to_thread.run_sync(self._hash, pin)

    async def matches(self, hashed: str, pin: str) -> bool:
        """Whether `pin` is the one; an empty `hashed` takes as long and never matches."""
        return await anyio.to_thread.run_sync(self._matches, hashed or _NOBODY, pin)

    def _hash(self, pin: str) -> str:
        from argon2 import PasswordHasher, Type

        hasher = PasswordHasher(
            time_cost=self._rounds, memory_cost=self._memory_kib, parallelism=LANES, type=Type.ID
        )
        return hasher.hash(pin)

    def _matches(self, hashed: str, pin: str) -> bool:
        from argon2 import PasswordHasher
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            return PasswordHasher().verify(hashed, pin)
        except (VerificationError, InvalidHashError):
            return False

"""What this domain needs of the outside: somebody who keeps secrets unreadable where they are stored."""

from typing import Protocol
from uuid import UUID


class Vault(Protocol):
    """Neither method talks to the network."""

    def seal(self, secret: bytes, owner: UUID) -> bytes:
        """What may be stored; only `open` with the same owner reads it."""
        ...

    def open(self, sealed: bytes, owner: UUID) -> bytes:
        """The secret. An error where it was sealed for somebody else, under another key, or was damaged."""
        ...

"""What this domain needs of the outside: a store that keeps archives for a week."""

from typing import BinaryIO, Protocol


class Archives(Protocol):
    """A store of files under the keys of `rules.key`, each gone a week after it was put."""

    def put(self, key: str, file: BinaryIO) -> None:
        """Keep a file; another under the same key replaces it."""
        ...

    def link(self, key: str, filename: str, seconds: int) -> str:
        """A URL that gives the file under this name to whoever has it, for so long."""
        ...

    def delete_all(self, prefix: str) -> None:
        """Every file whose key begins so."""
        ...

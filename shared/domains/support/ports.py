"""What the support desk needs of the outside: a store of files, and links to what is in it."""

from datetime import datetime
from typing import Protocol


class Files(Protocol):
    def upload_link(self, key: str, content_type: str, size: int, seconds: int) -> str:
        """A URL to which whoever has it may PUT one file of just this type and size, for so long."""
        ...

    def read(self, key: str, most: int) -> bytes | None:
        """The file, but of a larger one `most` bytes and one more; None where there is none."""
        ...

    def keep(self, key: str, content: bytes, content_type: str, disposition: str) -> None:
        """To be given out with these headers; another under the same key is replaced."""
        ...

    def delete(self, keys: list[str]) -> None:
        """These files, at most 1,000, where they are there; an error if some stay."""
        ...

    def delete_all(self, prefix: str) -> None:
        """Every file whose key begins so."""
        ...


class Links(Protocol):
    def link(self, path: str, until: datetime) -> str:
        """A URL that gives the file to whoever has it, until then."""
        ...

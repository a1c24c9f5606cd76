"""The failures a caller can understand: the class is the identity, the facts are fields, the text says what to do.

PartlyDone alone is for the harness of jobs.
"""

import re
from enum import Enum
from typing import Any, ClassVar, Self


class Kind(Enum):
    """What went wrong, by its HTTP status. A queue tries every failure again; the last one goes to the dead letters."""

    BAD_REQUEST = 400
    UNAUTHENTICATED = 401
    FORBIDDEN = 403
    NOT_FOUND = 404
    CONFLICT = 409
    GONE = 410
    TOO_LARGE = 413
    UNSUPPORTED = 415
    INVALID = 422
    LOCKED = 423
    LIMITED = 429
    UNAVAILABLE = 503


class Problem(Exception):
    """`facts` appear in the RFC 9457 document; `retry_after` (seconds) also as a header."""

    kind: ClassVar[Kind]
    title: ClassVar[str]
    keeps: ClassVar[bool] = False  # True: what the transaction wrote stays although the call is refused
    slug: ClassVar[str]  # its page is /problems/<slug>: the class's name in kebab case, unless it says another

    def __init_subclass__(cls) -> None:
        if "slug" not in vars(cls):
            cls.slug = re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    def __init__(self, detail: str = "", **facts: object) -> None:
        super().__init__(detail or self.title)
        self.facts = facts


class BadRequest(Problem):
    kind, title = Kind.BAD_REQUEST, "The request cannot be understood"


class Invalid(Problem):
    kind, title = Kind.INVALID, "The request is not valid"

    @classmethod
    def at(cls, pointer: str, detail: str) -> Self:
        """One input that is wrong: a JSON pointer into the body (`#/layers/2/rate`), or `#/query/limit`."""
        return cls(detail, errors=[{"pointer": pointer, "detail": detail}])


class NoValidRow(Invalid):
    """Of an uploaded file; `refused` says of each row what is wrong with it."""

    title = "No row of the file can be used: correct the refused ones"

    @classmethod
    def of(cls, refused: list[dict[str, Any]]) -> Self:
        return cls("" if refused else "The file has no row below its headings.", refused=refused)


class Unauthenticated(Problem):
    kind, title = Kind.UNAUTHENTICATED, "Sign in first"


class Forbidden(Problem):
    kind, title = Kind.FORBIDDEN, "This needs another permission"


class NotFound(Problem):
    kind, title = Kind.NOT_FOUND, "There is no such thing here"


class Conflict(Problem):
    kind, title = Kind.CONFLICT, "This contradicts what is already there"


class Gone(Problem):
    kind, title = Kind.GONE, "This is no longer there"


class TooLarge(Problem):
    kind, title = Kind.TOO_LARGE, "This is larger than is taken here"


class Unsupported(Problem):
    kind, title = Kind.UNSUPPORTED, "This kind of content is not taken here"


class Locked(Problem):
    kind, title = Kind.LOCKED, "This is locked for a while"


class Limited(Problem):
    kind, title = Kind.LIMITED, "Too many requests"


class Unavailable(Problem):
    kind, title = Kind.UNAVAILABLE, "Something this needs does not answer; try again"


class PartlyDone(Exception):
    """Of a slice of a job: `done` things were done, others failed, and the log says which. Further slices may go on."""

    def __init__(self, message: str, done: int) -> None:
        super().__init__(message)
        self.done = done

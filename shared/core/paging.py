"""Keyset pages: an opaque cursor names the last row of a page."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from pydantic import BaseModel, Field

from shared.core.errors import Invalid

Limit = Annotated[int, Field(ge=1, le=100, description="How many at the most")]
Cursor = Annotated[str, Field(max_length=200, description="`next_cursor` of the page before")]

T = TypeVar("T")
R = TypeVar("R")


class After(NamedTuple):
    """The place of a row in a list that is ordered by `created_at` and `id`."""

    created_at: datetime
    id: UUID


class Page(BaseModel, Generic[T]):
    items: list[T]
    next_cursor: str | None = None


def after(cursor: str | None) -> After | None:
    """The place a cursor names. 422 for one that was not made here."""
    if cursor is None:
        return None
    try:
        at, id_ = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is not None:
            return After(moment.astimezone(UTC), UUID(id_))
    except (ValueError, TypeError, AttributeError, OverflowError, binascii.Error, RecursionError):
        pass
    raise Invalid.at("#/query/cursor", "take next_cursor of a page as it is")


def place_of(row: Any) -> After:
    return After(row.created_at, row.id)


def page(rows: Sequence[R], limit: int, shown: Callable[[R], T], place: Callable[[R], After] = place_of) -> Page[T]:
    """The first `limit` of `rows`, each as `shown` makes it, and the cursor to the rest.

    There is a rest if the query, which asks for one row more, found more. `place` tells where a row stands in its list.
    """
    items = [shown(row) for row in rows[:limit]]
    return Page(items=items, next_cursor=_cursor(place(rows[limit - 1])) if len(rows) > limit else None)


def _cursor(place: After) -> str:
    return base64.urlsafe_b64encode(json.dumps([place.created_at.isoformat(), str(place.id)]).encode()).decode()

"""Keyset pages: an opaque cursor names the last row of a page."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Generic, NamedTuple, TypeVar
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
        place = After(datetime.fromisoformat(at), UUID(id_))
    except (ValueError, TypeError, AttributeError, binascii.Error, RecursionError):
        raise Invalid.at("#/query/cursor", "take next_cursor of a page as it is") from None
    if place.created_at.tzinfo is None:
        raise Invalid.at("#/query/cursor", "take next_cursor of a page as it is")
    return place


def next_cursor(rows: Sequence[R], limit: int, place: Callable[[R], After]) -> str | None:
    """The cursor after `limit` rows; None if the query, which asked for one row more, found no more."""
    if len(rows) <= limit:
        return None
    last = place(rows[limit - 1])
    return base64.urlsafe_b64encode(json.dumps([last.created_at.isoformat(), str(last.id)]).encode()).decode()

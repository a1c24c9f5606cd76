"""Keyset pages."""

import base64
import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.core.errors import Invalid
from shared.core.paging import After, after, page

PLACES = [After(datetime(2026, 11, 20, 7, 0, n, 123456, UTC), UUID(int=n)) for n in range(5)]


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


def test_a_cursor_names_the_last_row_shown() -> None:
    found = page(PLACES, 4, lambda place: place.id.int)
    assert (found.items, after(found.next_cursor)) == ([0, 1, 2, 3], PLACES[3])
    assert len(found.next_cursor or "") <= 200


def test_the_last_page_has_none() -> None:
    assert page(PLACES, 5, str).next_cursor is None
    assert page([], 5, str).model_dump() == {"items": [], "next_cursor": None}


def test_no_cursor_is_the_beginning() -> None:
    assert after(None) is None


@given(st.datetimes(timezones=st.just(UTC)), st.uuids())
def test_every_place_survives(at: datetime, id: UUID) -> None:
    assert after(page([After(at, id)] * 2, 1, str).next_cursor) == After(at, id)


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "%",
        "é",
        "\x00",
        "=" * 8,
        encoded(None),
        encoded(5),
        encoded("ab"),
        encoded([]),
        encoded(["2026-11-20T07:00:00+00:00"]),
        encoded(["2026-11-20T07:00:00", str(UUID(int=1))]),  # of no zone
        encoded(["yesterday", str(UUID(int=1))]),
        encoded(["0001-01-01T00:00:00+14:00", str(UUID(int=1))]),  # before the first moment of UTC
        encoded(["9999-12-31T23:59:59-14:00", str(UUID(int=1))]),
        encoded(["2026-11-20T07:00:00+00:00", "1"]),
        encoded(["2026-11-20T07:00:00+00:00", 1]),
        encoded([1, str(UUID(int=1))]),
        encoded({"a": 1, "b": 2}),
        base64.urlsafe_b64encode(b"[" * 100_000).decode(),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    ],
)
def test_a_cursor_not_made_here_is_refused(cursor: str) -> None:
    with pytest.raises(Invalid) as caught:
        after(cursor)
    assert caught.value.facts["errors"][0]["pointer"] == "#/query/cursor"  # type: ignore[index]

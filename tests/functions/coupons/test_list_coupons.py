"""GET /api/coupons."""

from datetime import UTC, datetime, timedelta

from tests.functions.coupons.campaigns import add_coupon
from tests.functions.coupons.catalogue import a_code, made
from tests.support.client import Client, Request
from tests.support.database import Database


def example(admin: Client) -> Request:
    made(admin)
    return Request("GET", "/api/coupons")


def test_it_pages_newest_first(admin: Client) -> None:
    name = a_code()
    codes = [made(admin, name=name)["code"] for _ in range(3)]
    first = admin.get("/api/coupons", q=name.lower(), limit=2).json
    rest = admin.get("/api/coupons", q=name.lower(), limit=2, cursor=first["next_cursor"]).json
    assert [item["code"] for item in first["items"] + rest["items"]] == codes[::-1]
    assert rest["next_cursor"] is None


def test_it_filters(admin: Client, database: Database) -> None:
    name = a_code()
    listed, ended = made(admin, name=name, is_public=True, valid_until=None)["code"], a_code()
    add_coupon(database, code=ended, name=name, valid_until=datetime.now(UTC) - timedelta(days=1))

    def found(**filters: object) -> list[str]:
        return [item["code"] for item in admin.get("/api/coupons", **filters).json["items"]]

    assert found(q=listed[2:].lower()) == [listed]
    assert found(q=name, is_public="true") == [listed]
    assert found(q=name, status="active") == [listed]
    assert found(q=name, status="expired") == [ended]
    assert found(q=name, series_id="01a1f7d8-0000-7000-8000-000000000001") == []
    assert found(q="100%") == []

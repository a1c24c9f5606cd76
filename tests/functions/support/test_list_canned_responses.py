"""GET /api/support/canned-responses."""

from tests.functions.support.responses import RESPONSES, created
from tests.support.client import Client, Request


def example(admin: Client) -> Request:
    created(admin)
    return Request("GET", f"{RESPONSES}?category=billing")


def test_newest_first_page_by_page(admin: Client) -> None:
    new = [created(admin)["id"] for _ in range(3)]
    first = admin.get(RESPONSES, limit=2).json
    second = admin.get(RESPONSES, limit=2, cursor=first["next_cursor"]).json
    assert [response["id"] for response in first["items"] + second["items"]][:3] == new[::-1]


def test_of_a_category_and_for_any(admin: Client) -> None:
    billing, security, any_ = (created(admin, category=name)["id"] for name in ("billing", "security", None))
    listed = [response["id"] for response in admin.get(RESPONSES, category="billing").json["items"]]
    assert listed[:2] == [any_, billing]
    assert security not in listed
    assert admin.get(RESPONSES, category="cooking").status == 422

"""GET /api/admin/tenants."""

from tests.functions.directory.people import REASON, tenant_path
from tests.functions.members.people import join
from tests.support.client import Client, Request, new_email, sign_up


def example(admin: Client) -> Request:
    sign_up(admin.transport)
    return Request("GET", "/api/admin/tenants")


def found(admin: Client, **query: object) -> list[str]:
    return [tenant["id"] for tenant in admin.get("/api/admin/tenants", **query).json["items"]]


def test_they_are_there_newest_first_with_their_members_counted(admin: Client) -> None:
    name = f"Boxes {new_email()}"
    join(sign_up(company=name))
    sign_up(company=name)
    assert [tenant["member_count"] for tenant in admin.get("/api/admin/tenants", q=name).json["items"]] == [1, 2]


def test_it_looks_in_names_and_filters(admin: Client) -> None:
    name = f"Boxes {new_email()}"
    one, other = sign_up(company=name), sign_up(company=name.upper())
    ids = [client.account["tenant"]["id"] for client in (other, one)]
    assert found(admin, q=name) == found(admin, q=name, verification="approved") == ids
    assert found(admin, q=name, verification="pending") == []
    admin.post(f"{tenant_path(one)}/suspend", {"reason": REASON})
    assert (found(admin, q=name, suspended=True), found(admin, q=name, suspended=False)) == (ids[1:], ids[:1])


def test_it_pages(admin: Client) -> None:
    name = f"Boxes {new_email()}"
    for _ in range(3):
        sign_up(company=name)
    first = admin.get("/api/admin/tenants", q=name, limit=2).json
    rest = admin.get("/api/admin/tenants", q=name, limit=2, cursor=first["next_cursor"]).json
    assert [len(first["items"]), len(rest["items"]), rest["next_cursor"]] == [2, 1, None]

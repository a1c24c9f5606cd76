"""GET /api/tenant/members."""

from tests.functions.impersonation.acting import impersonate
from tests.functions.members.people import join
from tests.support.client import Client, Request, sign_up


def example(owner: Client) -> Request:
    return Request("GET", "/api/tenant/members")


def test_who_joined_first_comes_first(owner: Client) -> None:
    ravi, meena = join(owner, "admin"), join(owner, "viewer")
    found = owner.send(example(owner)).json["items"]
    assert [(member["id"], member["role"]) for member in found] == [
        (owner.account["user"]["id"], "owner"),
        (ravi.account["user"]["id"], "admin"),
        (meena.account["user"]["id"], "viewer"),
    ]
    assert found[1]["email"] == ravi.account["user"]["email"]
    assert found[1]["joined_at"] and found[1]["last_seen_at"]


def test_our_support_in_his_name_is_not_seeing_him(owner: Client, admin: Client) -> None:
    before = owner.send(example(owner)).json["items"][0]["last_seen_at"]
    impersonate(admin, owner).get("/api/quotes")
    assert owner.send(example(owner)).json["items"][0]["last_seen_at"] == before


def test_a_cursor_goes_on_where_the_page_ended(owner: Client) -> None:
    join(owner)
    join(owner)
    first = owner.get("/api/tenant/members", limit=2).json
    second = owner.get("/api/tenant/members", limit=2, cursor=first["next_cursor"]).json
    ids = [member["id"] for member in first["items"] + second["items"]]
    assert len(ids) == len(set(ids)) == 3
    assert second["next_cursor"] is None


def test_members_of_other_tenants_are_not_shown(owner: Client) -> None:
    sign_up()
    assert len(owner.send(example(owner)).json["items"]) == 1

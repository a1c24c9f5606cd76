"""PATCH /api/tenant/members/{user_id}."""

import pytest

from tests.functions.members.people import join, make_key, path, sign_in
from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    return Request("PATCH", path(join(owner, "viewer")), {"role": "staff"})


def test_the_new_role_holds_with_the_next_sign_in(owner: Client) -> None:
    member = join(owner, "staff")
    answer = owner.patch(path(member), {"role": "viewer"})
    assert (answer.status, answer.json["role"]) == (200, "viewer")
    assert member.get("/api/auth/user").status == 401, "the session of the old role has ended"
    again = sign_in(member)
    assert again.account["user"]["role"] == "viewer"
    assert again.post("/api/parties", {"person_name": "Meena"}).status == 403


def test_the_same_role_changes_nothing(owner: Client) -> None:
    member = join(owner, "staff")
    assert owner.patch(path(member), {"role": "staff"}).status == 200
    assert member.get("/api/auth/user").status == 200


def test_nobody_changes_his_own_role(owner: Client) -> None:
    admin = join(owner, "admin")
    for caller in (owner, admin):
        answer = caller.patch(path(caller), {"role": "staff"})
        assert (answer.status, answer.json["type"]) == (403, "/problems/own-role")


@pytest.mark.parametrize(("before", "after"), [("staff", "owner"), ("owner", "staff"), ("owner", "owner")])
def test_only_an_owner_makes_and_unmakes_owners(owner: Client, before: str, after: str) -> None:
    admin, member = join(owner, "admin"), join(owner, before)
    refused = admin.patch(path(member), {"role": after})
    assert (refused.status, refused.json["type"]) == (403, "/problems/owners-only")
    assert owner.patch(path(member), {"role": after}).json["role"] == after


def test_keys_that_may_do_more_than_the_new_role_die_and_others_live(owner: Client) -> None:
    admin = join(owner, "admin")
    run, read = make_key(admin, "tenant:write", "quotes:read"), make_key(admin, "quotes:read")
    owner.patch(path(admin), {"role": "viewer"})
    assert run.get("/api/quotes").status == 401
    assert read.get("/api/quotes").status == 200

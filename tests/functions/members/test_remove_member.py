"""DELETE /api/tenant/members/{user_id}."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from shared.core import db
from shared.core.call import Actor, Call
from shared.core.errors import Problem
from shared.domains.members import queries
from shared.domains.members.service import removal
from tests.functions.members.people import accept, invite, join, make_key, path, sign_in
from tests.support import factors, mailed
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database
from tests.support.examples import member

OWN = True
OWNERS = 8


def example(owner: Client) -> Request:
    """One leaves oneself, as every role may; another owner stays."""
    member(owner, "owner", mailed.behind[owner.transport])
    return Request("DELETE", path(owner))


def test_sessions_and_keys_are_dead_at_once(owner: Client) -> None:
    admin = join(owner, "admin")
    key = make_key(admin, "quotes:read")
    assert owner.delete(path(admin)).status == 204
    assert admin.get("/api/auth/user").status == 401
    assert Client().post("/api/auth/refresh", {"refresh_token": admin.account["refresh_token"]}).status == 401
    assert key.get("/api/quotes").status == 401
    assert len(owner.get("/api/tenant/members").json["items"]) == 1
    assert owner.delete(path(admin)).status == 404


def test_his_account_is_his_own_with_an_empty_tenant(owner: Client) -> None:
    owner.patch("/api/tenant", {"time_zone": "Asia/Dubai", "currency": "AED"})
    staff = join(owner, "staff")
    party = staff.post("/api/parties", {"person_name": "Meena"}).json
    owner.delete(path(staff))
    again = sign_in(staff)
    assert again.account["user"]["role"] == "owner"
    assert again.account["tenant"]["name"] == "Asha Sharma"
    assert (again.account["tenant"]["time_zone"], again.account["tenant"]["currency"]) == ("Asia/Dubai", "AED")
    assert again.get("/api/parties").json["items"] == []
    assert again.get("/api/pricing/paper-bf-prices").json["items"] != [], "set up like a new one"
    assert owner.get(f"/api/parties/{party['id']}").status == 200


def test_who_was_removed_may_be_invited_again(owner: Client) -> None:
    staff = join(owner, "staff")
    owner.delete(path(staff))
    again = accept(sign_in(staff), invite(owner, staff.account["user"]["email"], "viewer"))
    assert again.account["tenant"] == owner.account["tenant"]


def test_an_admin_removes_all_but_owners(owner: Client) -> None:
    admin, other = join(owner, "admin"), join(owner, "admin")
    refused = admin.delete(path(owner))
    assert (refused.status, refused.json["type"]) == (403, "/problems/owners-only")
    assert admin.delete(path(other)).status == 204


def test_one_may_leave_but_not_as_the_last_owner(owner: Client) -> None:
    second = join(owner, "owner")
    assert owner.delete(path(owner)).status == 204
    assert owner.get("/api/auth/user").status == 401
    refused = second.delete(path(second))
    assert (refused.status, refused.json["type"]) == (409, "/problems/last-owner")


@pytest.mark.parametrize("role", ["staff", "viewer"])
def test_whoever_is_no_admin_leaves_and_accepts_another_invite_but_removes_nobody(owner: Client, role: str) -> None:
    one, colleague, other = join(owner, role), join(owner, "viewer"), sign_up()
    for somebody in (colleague, owner, other):
        refused = one.delete(path(somebody))
        assert (refused.status, refused.json["type"]) == (403, "/problems/forbidden")
        assert refused.json["scope"] == "members:write"
    assert len(owner.get("/api/tenant/members").json["items"]) == 3
    assert one.delete(path(one)).status == 204
    assert one.get("/api/auth/user").status == 401
    joined = accept(sign_in(one), invite(other, one.account["user"]["email"]))
    assert joined.account["tenant"] == other.account["tenant"]


def test_an_api_key_neither_leaves_nor_removes(owner: Client) -> None:
    admin = join(owner, "admin")
    key = make_key(admin, "quotes:read")
    for somebody in (admin, owner):
        refused = key.delete(path(somebody))
        assert (refused.status, refused.json["type"]) == (403, "/problems/forbidden")
    assert len(owner.get("/api/tenant/members").json["items"]) == 2


def test_who_has_a_second_factor_shows_it_to_leave(owner: Client, database: Database) -> None:
    staff = join(owner, "staff")
    app = factors.enable(staff)
    database.run("update user_sessions set factor_at = null where user_id = :id", id=factors.user_id(staff))
    assert staff.delete(path(staff)).json["type"] == "/problems/step-up-required"
    assert staff.post("/api/v1/2fa/step-up", {"code": app.code()}).status == 200
    assert staff.delete(path(staff)).status == 204


def leave(owner: Client, together: threading.Barrier) -> str:
    """What became of one owner's leaving, on a connection of his own."""
    actor = Actor(UUID(owner.account["user"]["id"]), UUID(owner.account["tenant"]["id"]), role="owner")
    now = datetime.now(UTC)
    call = Call(actor, now)
    together.wait()
    try:
        with db.transaction(db.Scope(actor.tenant_id, staff=True, at=now)) as call.connection:
            call.connection.execute("set local lock_timeout = '60s'")
            removal.remove_member(call, call.user_id)
        return "left"
    except Problem as problem:
        return problem.slug
    finally:
        db.hang_up()


def race(owner: Client, database: Database) -> list[str]:
    owners = [owner, *(member(owner, "owner", database) for _ in range(OWNERS - 1))]
    together = threading.Barrier(OWNERS, timeout=60)
    with ThreadPoolExecutor(OWNERS) as pool:
        return sorted(pool.map(lambda one: leave(one, together), owners))


def test_of_owners_who_leave_at_once_one_stays(owner: Client, database: Database) -> None:
    assert race(owner, database) == ["last-owner"] + ["left"] * (OWNERS - 1)


def test_the_race_catches_a_count_of_owners_that_is_read_before_it_holds(
    owner: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: count the owners without the lock, then leave."""
    everybody_has_read, standing = threading.Barrier(OWNERS, timeout=60), queries.standing

    def read(connection: db.Connection, **given: Any) -> object:
        found = standing(connection, **given)
        everybody_has_read.wait()
        return found

    monkeypatch.setattr(queries, "lock_members", lambda _, **__: None)
    monkeypatch.setattr(queries, "standing", read)
    assert race(owner, database) == ["left"] * OWNERS

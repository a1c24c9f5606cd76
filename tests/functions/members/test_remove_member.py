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
from tests.functions.members.people import join, make_key, path, sign_in
from tests.support.client import Client, Request
from tests.support.database import Database
from tests.support.examples import member

OWNERS = 8


def example(owner: Client) -> Request:
    return Request("DELETE", path(join(owner, "viewer")))


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
    from tests.functions.members.people import accept, invite

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

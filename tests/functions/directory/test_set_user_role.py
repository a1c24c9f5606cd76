"""PUT /api/admin/users/{user_id}/role."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest

from shared.core import db
from shared.core.call import Call
from shared.domains.directory.service import standing, users
from shared.domains.members import queries
from shared.domains.members.public import LastOwner
from tests.functions.directory.people import call_of, meanwhile, outcome, path, together, transaction
from tests.functions.members.people import join, make_key, sign_in
from tests.support.client import Answer, Client, Request, sign_up
from tests.support.database import Database, superuser
from tests.support.examples import member

OWNERS = 8


def example(admin: Client) -> Request:
    return Request("PUT", f"{path(join(sign_up(admin.transport), 'viewer'))}/role", {"role": "staff"})


def set_role(admin: Client, user: Client, role: str) -> Answer:
    return admin.send(Request("PUT", f"{path(user)}/role", {"role": role}))


def test_the_new_role_holds_with_the_next_sign_in(admin: Client, owner: Client) -> None:
    staff = join(owner, "staff")
    answer = set_role(admin, staff, "viewer")
    assert (answer.status, answer.json["role"], answer.json["sessions"]) == (200, "viewer", 0)
    assert admin.get(path(staff)).json == answer.json
    assert staff.get("/api/auth/user").status == 401, "the session of the old role has ended"
    assert sign_in(staff).account["user"]["role"] == "viewer"


def test_keys_that_may_do_more_than_the_new_role_die_and_others_live(admin: Client, owner: Client) -> None:
    colleague = join(owner, "admin")
    run, read = make_key(colleague, "tenant:write", "quotes:read"), make_key(colleague, "quotes:read")
    set_role(admin, colleague, "viewer")
    assert (run.get("/api/quotes").status, read.get("/api/quotes").status) == (401, 200)


def test_the_same_role_changes_nothing(admin: Client, owner: Client) -> None:
    assert set_role(admin, owner, "owner").status == 200
    assert owner.get("/api/auth/user").status == 200


def test_a_tenant_keeps_an_owner(admin: Client, owner: Client) -> None:
    staff = join(owner, "staff")
    refused = set_role(admin, owner, "staff")
    assert (refused.status, refused.json["type"]) == (409, "/problems/last-owner")
    assert set_role(admin, staff, "owner").status == set_role(admin, owner, "viewer").status == 200


def race(admin: Client, owner: Client, database: Database) -> list[str]:
    """Every owner of a tenant is made staff at once, each on a connection of its own."""
    owners = [owner, *(member(owner, "owner", database) for _ in range(OWNERS - 1))]
    ready = together(OWNERS)

    def demote(one: Client) -> str:
        ready.wait()
        with transaction(call_of(admin)) as call:
            return standing.set_role(call, UUID(one.account["user"]["id"]), "staff").role

    with ThreadPoolExecutor(OWNERS) as pool:
        return sorted(pool.map(lambda one: outcome(lambda: demote(one)), owners))


def test_of_owners_who_are_demoted_at_once_one_stays(admin: Client, owner: Client, database: Database) -> None:
    assert race(admin, owner, database) == [LastOwner().slug] + ["staff"] * (OWNERS - 1)


def test_the_race_catches_a_count_of_owners_that_is_read_before_it_holds(
    admin: Client, owner: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: count the owners without the lock, then demote."""
    everybody_has_read, read = together(OWNERS), users.read

    def slowly(call: Call, user_id: UUID) -> Any:
        found = read(call, user_id)
        everybody_has_read.wait()
        return found

    monkeypatch.setattr(queries, "lock_members_with", lambda _, **__: None)
    monkeypatch.setattr(standing, "read", slowly)
    assert race(admin, owner, database) == ["staff"] * OWNERS


def is_locked(tenant: UUID, database: Database) -> bool:
    with superuser(database.url) as other:
        return not other.run("select from tenants where id = :id for no key update skip locked", id=tenant)


def lock_after_a_move(admin: Client, owner: Client, database: Database) -> Any:
    """A role is given to somebody who is just moved to another tenant: whether that one's members are locked."""
    user_id, arrival = UUID(owner.account["user"]["id"]), UUID(sign_up().account["tenant"]["id"])

    def move(call: Call) -> None:
        queries.lock_members(call.connection, tenant=UUID(owner.account["tenant"]["id"]))
        queries.move_member(call.connection, user=user_id, tenant=arrival, role="staff", now=call.now)

    def promote() -> bool:
        with transaction(call_of(admin)) as call:
            standing.set_role(call, user_id, "viewer")
            return is_locked(arrival, database)

    return meanwhile(admin, move, promote, database)


def test_who_is_moved_meanwhile_is_locked_where_he_arrives(admin: Client, owner: Client, database: Database) -> None:
    assert lock_after_a_move(admin, owner, database)


def test_one_lock_alone_would_be_that_of_the_tenant_he_left(
    admin: Client, owner: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    once, lock = set[int](), queries.lock_members_with

    def first_only(connection: db.Connection, **given: Any) -> None:
        if id(connection) not in once:
            once.add(id(connection))
            lock(connection, **given)

    monkeypatch.setattr(queries, "lock_members_with", first_only)
    assert not lock_after_a_move(admin, owner, database)

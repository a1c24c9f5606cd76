"""PATCH /api/admin/staff/{admin_id}."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from local.children import wait_until
from shared.core import db
from shared.core.call import Actor, Call
from shared.core.errors import Problem
from shared.domains.admins.queries import accounts
from shared.domains.admins.queries import staff as queries
from shared.domains.admins.rows import AdminRow
from shared.domains.admins.schemas.staff import StaffChanges
from shared.domains.admins.service import sessions, staff
from tests.functions.admins.colleagues import STAFF, colleague, grant, invited, path, problem
from tests.support import admins, factors
from tests.support.client import Client, Request
from tests.support.database import Database

CHANGERS = 8


def example(admin: Client) -> Request:
    return Request("PATCH", f"{STAFF}/{colleague(admin)['id']}", {"role": "support_viewer"})


def test_a_new_role_holds_at_once_the_old_token_and_its_refresh_token_are_dead(admin: Client) -> None:
    support = invited(admin, "finance_admin")
    answer = admin.patch(path(support), {"role": "support_viewer"})
    assert (answer.status, answer.json["role"]) == (200, "support_viewer")
    assert "process_refund" not in answer.json["permissions"]
    assert support.get("/api/admin/profile").status == 401
    assert Client().post("/api/admin/refresh", {"refresh_token": support.account["refresh_token"]}).status == 401
    assert admins.logged_in(support).get("/api/admin/profile").json["role"] == "support_viewer"


def test_who_is_disabled_is_out_and_comes_back_when_enabled(admin: Client) -> None:
    support = invited(admin)
    assert admin.patch(path(support), {"status": "disabled"}).json["status"] == "disabled"
    assert support.get("/api/admin/profile").status == 401
    assert problem(admins.log_in(support)) == (403, "admin-disabled")
    assert admin.patch(path(support), {"status": "active"}).json["status"] == "active"
    assert support.get("/api/admin/profile").status == 401, "what ended stays ended"
    assert admins.log_in(support).status == 200


def test_what_is_not_given_or_not_new_stays_and_ends_no_session(admin: Client) -> None:
    support = invited(admin)
    before = support.get("/api/admin/profile").json
    for changes in ({}, {"full_name": "Meera Rao"}, {"role": "support_staff"}, {"status": "active"}):
        assert admin.patch(path(support), changes).status == 200
    assert support.get("/api/admin/profile").json == before | {"full_name": "Meera Rao"}


@pytest.mark.parametrize("changes", [{"role": "support_viewer"}, {"status": "disabled"}], ids=str)
def test_nobody_changes_his_own_role_or_status(changes: dict[str, str], admin: Client, database: Database) -> None:
    admins.new_admin(database)
    assert problem(admin.patch(path(admin), changes)) == (403, "own-rights")
    assert admin.patch(path(admin), {"full_name": "Nikhil Rao"}).status == 200, "the name is his"


@pytest.mark.parametrize("granted", [(), ("configure_roles",)], ids=str)
def test_only_who_configures_roles_changes_roles_and_super_admins(granted: tuple[str, ...], admin: Client) -> None:
    support, other = grant(admin, invited(admin), "disable_staff", *granted), invited(admin, "support_viewer")
    finance, boss = invited(admin, "finance_admin"), invited(admin, "super_admin")
    for whom, changes in (
        (other, {"role": "support_staff"}),
        (other, {"role": "super_admin"}),
        (finance, {"status": "disabled"}),
        (boss, {"status": "disabled"}),
        (boss, {"full_name": "Somebody"}),
    ):
        answer = support.patch(path(whom), changes)
        if granted:
            assert answer.status == 200, answer.body
        else:
            assert problem(answer) == (403, "roles-not-yours")
            assert answer.json["permission"] == "configure_roles"


def test_without_it_one_disables_who_may_do_no_more_than_oneself(admin: Client) -> None:
    support, viewer = grant(admin, invited(admin), "disable_staff"), invited(admin, "support_viewer")
    assert support.patch(path(viewer), {"status": "disabled"}).status == 200


def test_it_wants_a_fresh_second_factor_of_whom_has_one(admin: Client, database: Database) -> None:
    request = example(admin)
    factors.enable_of_admin(admin)
    database.run("update admin_sessions set factor_at = factor_at - interval '5 minutes 1 second'")
    assert problem(admin.send(request)) == (403, "step-up-required")


def test_an_unknown_admin_is_not_found(admin: Client) -> None:
    assert admin.patch(f"{STAFF}/{uuid4()}", {"status": "disabled"}).status == 404


def change_apart(admin: Client, whom: Client, changes: dict[str, str]) -> int:
    """On another thread, and so another connection."""
    try:
        return admin.patch(path(whom), changes).status
    finally:
        db.hang_up()


def waits(database: Database) -> bool:
    """Whether somebody waits for a lock."""
    return database.run("select count(*) > 0 from pg_locks where not granted") == [[True]]


def half_logged_in(whom: Client) -> tuple[Call, AdminRow]:
    call = Call(Actor(), datetime.now(UTC), client_ip="127.0.0.1")
    with db.transaction(db.Scope(staff=True)) as call.connection:
        read = accounts.admin_by_id(call.connection, admin_id=UUID(whom.account["admin"]["id"]))
    assert read
    return call, read


@pytest.mark.parametrize("changes", [{"role": "support_viewer"}, {"status": "disabled"}, {}], ids=str)
def test_a_log_in_under_way_gets_no_rights_that_were_taken_meanwhile(changes: dict[str, str], admin: Client) -> None:
    support = invited(admin)
    call, read = half_logged_in(support)
    assert admin.patch(path(support), changes).status == 200
    with db.transaction(db.Scope(staff=True)) as call.connection:
        late = sessions.open_session(call, read)
    expected = 401 if changes else 200
    assert Client(token=late.access_token).get("/api/admin/profile").status == expected
    assert Client().post("/api/admin/refresh", {"refresh_token": late.refresh_token}).status == expected


def test_a_change_waits_for_a_session_that_is_being_opened_and_ends_it(admin: Client, database: Database) -> None:
    support = invited(admin)
    call, read = half_logged_in(support)
    with ThreadPoolExecutor(1) as pool:
        with db.transaction(db.Scope(staff=True)) as call.connection:
            opened = sessions.open_session(call, read)
            call.connection.execute("select")
            changed = pool.submit(change_apart, admin, support, {"role": "support_viewer"})
            assert wait_until(lambda: waits(database), seconds=30)
        assert changed.result() == 200
    assert Client(token=opened.access_token).get("/api/admin/profile").status == 401


@pytest.fixture
def alone(database: Database) -> None:
    """Whoever else is a super admin is disabled."""
    database.run("update admins set disabled_at = now() where role = 'super_admin' and disabled_at is null")


def test_the_last_active_super_admin_stays(alone: None, database: Database) -> None:
    last = admins.new_admin(database)
    support = grant(last, invited(last), "disable_staff", "configure_roles")
    for changes in ({"status": "disabled"}, {"role": "support_staff"}):
        assert problem(support.patch(path(last), changes)) == (409, "last-super-admin")
    assert last.get("/api/admin/profile").status == 200
    invited(last, "super_admin")
    assert support.patch(path(last), {"status": "disabled"}).status == 200


def actor(admin: Client) -> Actor:
    session = admin.get("/api/admin/sessions").json["items"][0]["id"]
    return Actor(admin_id=UUID(admin.account["admin"]["id"]), session_id=UUID(session), role="super_admin")


def disable(author: Actor, whom: Actor, together: threading.Barrier) -> str:
    """What became of one admin's disabling another, on a connection of his own."""
    call = Call(author, datetime.now(UTC))
    together.wait()
    try:
        with db.transaction(db.Scope(staff=True, at=call.now)) as call.connection:
            call.connection.execute("set local lock_timeout = '60s'")
            assert whom.admin_id
            staff.change_staff(call, whom.admin_id, StaffChanges(status="disabled"))
        return "disabled"
    except Problem as problem:
        return problem.slug
    finally:
        db.hang_up()


def race(database: Database) -> list[str]:
    """Super admins, each of whom disables the next one."""
    circle = [actor(admins.new_admin(database)) for _ in range(CHANGERS)]
    together = threading.Barrier(CHANGERS, timeout=60)
    with ThreadPoolExecutor(CHANGERS) as pool:
        return sorted(pool.map(lambda n: disable(circle[n], circle[n - 1], together), range(CHANGERS)))


def test_of_super_admins_who_disable_one_another_at_once_one_stays(alone: None, database: Database) -> None:
    outcomes = race(database)
    assert set(outcomes) == {"disabled", "unauthenticated"}, "who is disabled disables nobody any more"
    left = database.run("select count(*) from admins where role = 'super_admin' and disabled_at is null")
    assert left == [[CHANGERS - outcomes.count("disabled")]]
    assert left[0][0] != 0


def test_the_race_catches_a_standing_that_is_read_before_it_holds(
    alone: None, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: read the standing without the lock, then disable."""
    everybody_has_read, standing = threading.Barrier(CHANGERS, timeout=60), queries.standing

    def read(connection: db.Connection, **given: Any) -> object:
        found = standing(connection, **given)
        everybody_has_read.wait()
        return found

    monkeypatch.setattr(queries, "lock_staff", lambda _: None)
    monkeypatch.setattr(queries, "standing", read)
    assert race(database) == ["disabled"] * CHANGERS

"""POST /api/admin/impersonate/end, and whatever else ends an impersonation."""

from collections.abc import Callable

import pytest

from tests.functions.impersonation.acting import end, impersonate, is_alive
from tests.support import admins
from tests.support.client import Client, Request
from tests.support.database import Database
from tests.support.examples import member


def example(admin: Client) -> Request:
    return Request("POST", "/api/admin/impersonate/end")


def ended(acting: Client, database: Database) -> bool:
    """Whether it is kept that it ended before its time, with its session."""
    [[at, revoked]] = database.run(
        "select ended_at, revoked_at from admin_impersonations join user_sessions using (id) where id = :id",
        id=acting.account["impersonation_id"],
    )
    assert at == revoked
    return at is not None


@pytest.mark.parametrize("allow_writes", [False, True])
def test_the_token_that_acts_ends_itself(admin: Client, owner: Client, database: Database, allow_writes: bool) -> None:
    acting = impersonate(admin, owner, allow_writes=allow_writes)
    assert is_alive(acting)
    assert acting.send(example(acting)).status == 204
    assert not is_alive(acting)
    assert acting.send(example(acting)).status == 401
    assert ended(acting, database)
    assert owner.get("/api/auth/user").status == admin.get("/api/admin/profile").status == 200


def test_the_admins_own_token_ends_it_too(admin: Client, owner: Client, database: Database) -> None:
    acting = impersonate(admin, owner)
    assert admin.send(example(admin)).status == 204
    assert not is_alive(acting)
    assert ended(acting, database)


def test_it_is_in_both_logs(admin: Client, owner: Client, database: Database) -> None:
    end(impersonate(admin, owner))
    [[last]] = database.run(
        "select event from admin_login_audit_logs where admin_id = :id order by at desc, id desc limit 1",
        id=admin.account["admin"]["id"],
    )
    tenants = database.run(
        "select event from auth_audit_logs where tenant_id = :id order by at, id", id=owner.account["tenant"]["id"]
    )
    assert last == "impersonation_end"
    assert tenants[-2:] == [["impersonation_started"], ["impersonation_ended"]]


def test_where_nothing_is_under_way_nothing_happens(admin: Client, database: Database) -> None:
    assert end(admin) == 204
    logged = "select count(*) from admin_login_audit_logs where admin_id = :id and event = 'impersonation_end'"
    assert database.run(logged, id=admin.account["admin"]["id"]) == [[0]]


def test_a_colleagues_goes_on(admin: Client, owner: Client, database: Database) -> None:
    acting = impersonate(admin, owner)
    assert end(admins.new_admin(database)) == 204
    assert is_alive(acting)


def test_a_user_has_nothing_to_end(owner: Client) -> None:
    answer = owner.send(example(owner))
    assert (answer.status, answer.json["type"]) == (403, "/problems/wrong-audience")


def test_the_next_one_can_begin_at_once(admin: Client, owner: Client) -> None:
    first = impersonate(admin, owner)
    end(first)
    assert is_alive(impersonate(admin, owner))
    assert not is_alive(first)


# What else ends it


def log_out(admin: Client, acting: Client, owner: Client, database: Database) -> None:
    admin.post("/api/admin/logout")


def end_sessions_from_another(admin: Client, acting: Client, owner: Client, database: Database) -> None:
    admins.logged_in(admin).delete("/api/admin/sessions")


def use_refresh_token_twice(admin: Client, acting: Client, owner: Client, database: Database) -> None:
    for _ in range(2):
        Client().post("/api/admin/refresh", {"refresh_token": admin.account["refresh_token"]})


def revoke_whoever_does_it(admin: Client, acting: Client, owner: Client, database: Database) -> None:
    """A disabled admin, a changed role or password: each ends the admin's sessions."""
    database.run("update admin_sessions set revoked_at = now() where admin_id = :id", id=admin.account["admin"]["id"])


def end_as_owner(admin: Client, acting: Client, owner: Client, database: Database) -> None:
    assert owner.delete(f"/api/auth/sessions/{acting.account['impersonation_id']}").status == 204


def sign_out(admin: Client, acting: Client, owner: Client, database: Database) -> None:
    assert acting.post("/api/auth/logout").status == 204


def close_tenant(admin: Client, acting: Client, owner: Client, database: Database) -> None:
    assert owner.delete("/api/tenant").status == 204


@pytest.mark.parametrize(
    "way",
    [
        log_out,
        end_sessions_from_another,
        use_refresh_token_twice,
        revoke_whoever_does_it,
        end_as_owner,
        sign_out,
        close_tenant,
    ],
)
def test_it_also_ends_with(way: Callable[..., None], admin: Client, owner: Client, database: Database) -> None:
    acting = impersonate(admin, member(owner, "viewer", database))
    way(admin, acting, owner, database)
    assert not is_alive(acting)
    assert ended(acting, database)


def test_another_session_of_the_admin_may_end_without_it(admin: Client, owner: Client) -> None:
    acting = impersonate(admin, owner)
    admins.logged_in(admin).post("/api/admin/logout")
    assert is_alive(acting)


def test_its_time_ends_it(admin: Client, owner: Client, database: Database) -> None:
    acting = impersonate(admin, owner)
    database.run(
        "update user_sessions set expires_at = created_at where id = :id", id=acting.account["impersonation_id"]
    )
    assert not is_alive(acting)

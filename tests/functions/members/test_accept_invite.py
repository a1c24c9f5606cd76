"""POST /api/auth/accept-invite."""

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
from shared.domains.members.schemas import InviteToken
from shared.domains.members.service import joining
from tests.functions.members.people import accept, invite, join, make_key, path, sign_in, verified
from tests.support import factors, mailed
from tests.support.client import Client, Request, new_email, sign_up
from tests.support.database import Database

OWN = True
CALLERS = 50
TAKEN_ALONG = {"two_factor_auth", "two_factor_logs", "mfa_challenges", "email_tokens", "notification_preferences"}
STAYING = {  # rows that say who did something in a tenant; sessions and keys have ended
    "admin_audit_logs", "admin_impersonations", "api_keys", "audit_logs", "auth_audit_logs", "coupon_usages",
    "idempotency_keys", "support_tickets", "tenant_exports", "tenant_users", "user_sessions",
}  # fmt: skip


def example(owner: Client) -> Request:
    """Only who is alone may accept: a colleague, though not a tenant's first user, is given a tenant of his own."""
    lone, run = sign_up(owner.transport), mailed.behind[owner.transport].run
    run("delete from tenant_users where user_id = :id", id=lone.account["user"]["id"])
    run(
        "update tenant_users as his set tenant_id = :tenant, role = 'owner' where user_id = :id and exists (select"
        " from tenant_users as first where first.tenant_id = his.tenant_id and first.created_at < his.created_at)",
        tenant=lone.account["tenant"]["id"], id=owner.account["user"]["id"],
    )  # fmt: skip
    token = invite(sign_up(owner.transport), verified(owner).account["user"]["email"])
    return Request("POST", "/api/auth/accept-invite", {"token": token})


def newcomer(owner: Client, role: str = "staff") -> tuple[Client, str]:
    """Somebody invited, and the token of his link."""
    found = verified(sign_up())
    return found, invite(owner, found.account["user"]["email"], role)


def refused(client: Client, token: str) -> tuple[int, str]:
    answer = client.post("/api/auth/accept-invite", {"token": token})
    return answer.status, answer.json["type"].removeprefix("/problems/")


def test_he_is_signed_in_where_he_was_invited(owner: Client) -> None:
    ravi, token = newcomer(owner, "admin")
    joined = accept(ravi, token)
    assert joined.account["tenant"] == owner.account["tenant"]
    assert (joined.account["user"]["role"], joined.account["user"]["email_verified"]) == ("admin", True)
    assert joined.get("/api/tenant/members").json["items"][1]["id"] == ravi.account["user"]["id"]
    assert owner.get("/api/tenant/invites").json["items"] == []
    assert sign_in(ravi).account["tenant"] == owner.account["tenant"]


def test_what_he_had_open_before_ends(owner: Client) -> None:
    ravi, token = newcomer(owner)
    key = make_key(ravi, "quotes:read")
    left_behind = invite(ravi, new_email())
    accept(ravi, token)
    assert ravi.get("/api/auth/user").status == 401
    assert Client().post("/api/auth/refresh", {"refresh_token": ravi.account["refresh_token"]}).status == 401
    assert key.get("/api/quotes").status == 401
    assert refused(sign_up(), left_behind) == (410, "invite-gone"), "nobody joins a tenant that has no owner"


def closings(client: Client, database: Database) -> list[list[object]]:
    """Whether the tenant of a client is closed, and how long it is kept then."""
    return database.run(
        "select closed_at is not null, extract(day from erase_at - closed_at)::int from tenants where id = :id",
        id=client.account["tenant"]["id"],
    )


def test_the_tenant_that_nobody_is_left_in_is_closed_to_be_erased(owner: Client, database: Database) -> None:
    ravi, token = newcomer(owner)
    accept(ravi, token)
    assert closings(ravi, database) == [[True, 30]]
    assert closings(owner, database) == [[False, None]]


def test_the_tenant_of_somebody_who_was_removed_meanwhile_stays(owner: Client, database: Database) -> None:
    """He waited for the lock with a session of before; what is closed is the tenant that he was given then."""
    ravi, token = newcomer(owner)
    colleague, lone = join(ravi, "owner"), sign_up()
    waiting = invite(ravi, new_email())
    move = "update tenant_users set tenant_id = :tenant where user_id = :user"
    database.run("delete from tenant_users where user_id = :user", user=lone.account["user"]["id"])
    database.run(move, tenant=lone.account["tenant"]["id"], user=ravi.account["user"]["id"])
    accept(ravi, token)
    assert (closings(ravi, database), closings(lone, database)) == ([[False, None]], [[True, 30]])
    assert len(colleague.get("/api/tenant/invites").json["items"]) == 1
    assert refused(verified(sign_up()), waiting) == (403, "invite-for-another"), "nor were its invites withdrawn"


def test_a_link_works_once(owner: Client) -> None:
    ravi, token = newcomer(owner)
    assert refused(accept(ravi, token), token) == (410, "invite-gone")


def test_a_link_works_for_seven_days(owner: Client, database: Database) -> None:
    ravi, token = newcomer(owner)
    database.run(
        "update invites set expires_at = expires_at - interval '7 days' where email = :email",
        email=ravi.account["user"]["email"],
    )
    assert refused(ravi, token) == (410, "invite-gone")
    assert refused(ravi, "made up") == (410, "invite-gone")


def test_nobody_joins_a_closed_tenant(owner: Client) -> None:
    ravi, token = newcomer(owner)
    assert owner.delete("/api/tenant").status == 204
    assert refused(ravi, token) == (410, "invite-gone")


def test_an_unverified_address_does_not_do(owner: Client) -> None:
    ravi = sign_up()
    token = invite(owner, ravi.account["user"]["email"])
    assert refused(ravi, token) == (403, "email-not-verified")
    assert accept(verified(ravi), token).account["tenant"] == owner.account["tenant"]


def test_the_invite_of_another_does_not_do(owner: Client) -> None:
    _, token = newcomer(owner)
    assert refused(verified(sign_up()), token) == (403, "invite-for-another")


def test_who_has_colleagues_leaves_them_first(owner: Client) -> None:
    ravi, token = newcomer(owner)
    join(ravi, "owner")
    assert refused(ravi, token) == (409, "already-member")
    ravi.delete(path(ravi))
    assert accept(sign_in(ravi), token).account["tenant"] == owner.account["tenant"]


def test_each_table_with_rows_of_users_is_known_to_go_along_or_to_stay(database: Database) -> None:
    found = database.run(
        "select table_name from information_schema.columns where table_schema = 'public'"
        " and column_name in ('user_id', 'tenant_id') group by 1 having count(*) = 2"
    )
    assert {name for [name] in found} == TAKEN_ALONG | STAYING


def test_what_is_the_users_own_goes_with_him(owner: Client, database: Database) -> None:
    ravi, token = newcomer(owner, "admin")
    factors.enable(ravi)
    factors.challenge(ravi)
    database.run(
        "insert into notification_preferences (user_id, event, tenant_id, email, updated_at)"
        " values (:id, 'ticket_created', :tenant, false, now())",
        id=ravi.account["user"]["id"], tenant=ravi.account["tenant"]["id"],
    )  # fmt: skip
    joined = accept(ravi, token)
    for table in TAKEN_ALONG:
        tenants = database.run(
            f"select distinct tenant_id::text from {table} where user_id = :id", id=ravi.account["user"]["id"]
        )
        assert tenants == [[owner.account["tenant"]["id"]]], table
    asked = joined.post("/api/tenant/invites", {"email": new_email(), "role": "staff"})
    assert (asked.status, asked.json["type"]) == (403, "/problems/step-up-required")
    assert factors.sign_in(ravi).json["mfa_required"] is True


def accept_at_once(client: Client, token: str, together: threading.Barrier) -> str:
    """What became of one acceptance, on a connection of its own."""
    actor = Actor(UUID(client.account["user"]["id"]), UUID(client.account["tenant"]["id"]), role="owner")
    now = datetime.now(UTC)
    call = Call(actor, now)
    together.wait()
    try:
        with db.transaction(db.Scope(actor.tenant_id, staff=True, at=now)) as call.connection:
            call.connection.execute("set local lock_timeout = '60s'")
            joining.accept(call, InviteToken(token=token))
        return "accepted"
    except Problem as problem:
        return problem.slug
    finally:
        db.hang_up()


def race(owner: Client) -> list[str]:
    ravi, token = newcomer(owner)
    together = threading.Barrier(CALLERS, timeout=60)
    with ThreadPoolExecutor(CALLERS) as pool:
        return sorted(pool.map(lambda _: accept_at_once(ravi, token, together), range(CALLERS)))


def test_of_fifty_acceptances_at_once_one_succeeds(owner: Client) -> None:
    assert race(owner) == ["accepted"] + ["invite-gone"] * (CALLERS - 1)


def test_the_race_catches_an_invite_that_is_read_before_it_is_used(
    owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: look whether the invite is there without the lock, then use it."""
    everybody_has_read, invited = threading.Barrier(CALLERS, timeout=60), queries.invited

    def read(connection: db.Connection, **given: Any) -> object:
        found = invited(connection, **given)
        everybody_has_read.wait()
        return found

    monkeypatch.setattr(queries, "lock_both", lambda _, **__: None)
    monkeypatch.setattr(queries, "invited", read)
    assert race(owner) == ["accepted"] * CALLERS

"""POST /api/admin/impersonate/start."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from local.children import wait_until
from shared.core import db
from shared.core.call import Actor, Call
from shared.core.errors import Problem
from shared.domains.admins.service import session_ends
from shared.domains.impersonation import queries
from shared.domains.impersonation.schemas import ImpersonationIn
from shared.domains.impersonation.service import starting
from shared.domains.platform.rules.mails import written
from tests.functions.impersonation.acting import end, impersonate, is_alive, to_start
from tests.support import admins, lambdas
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database
from tests.support.examples import member

AT_ONCE = 20


def example(admin: Client) -> Request:
    return to_start(sign_up(admin.transport))


def refusal(admin: Client, request: Request) -> tuple[int, str]:
    answer = admin.send(request)
    return answer.status, str(answer.json["type"]).removeprefix("/problems/")


def test_it_answers_a_token_that_sees_what_the_user_sees(admin: Client, owner: Client, database: Database) -> None:
    viewer = member(owner, "viewer", database)
    acting = impersonate(admin, viewer)
    assert acting.get("/api/auth/user").json == viewer.get("/api/auth/user").json
    assert acting.account.keys() - {"admin"} == {
        "impersonation_id", "access_token", "token_type", "expires_in", "expires_at", "user", "tenant", "read_only",
    }  # fmt: skip
    assert acting.account["user"] == viewer.account["user"]
    assert acting.account["tenant"] == viewer.account["tenant"]
    assert (acting.account["expires_in"], acting.account["read_only"]) == (600, True)
    assert acting.get("/api/tenant/members").status == 403, "a viewer may not, so neither may who acts in his name"


def test_it_reads_only_unless_writes_are_wanted(admin: Client, owner: Client) -> None:
    acting = impersonate(admin, owner)
    assert refusal(acting, Request("POST", "/api/parties", {"person_name": "Meena"}))[1] == "impersonation-read-only"
    end(admin)
    acting = impersonate(admin, owner, allow_writes=True)
    assert acting.account["read_only"] is False
    assert acting.post("/api/parties", {"person_name": "Meena"}).status == 201


def test_it_is_kept_who_began_it_in_whose_name_and_why(admin: Client, owner: Client, database: Database) -> None:
    acting = impersonate(admin, owner, ticket_id="1042", reason="  The total of quote 7 looks wrong ")
    kept = database.run(
        "select admin_id::text, user_id::text, tenant_id::text, reason, ticket_id, allow_writes,"
        " expires_at = started_at + interval '10 minutes', ended_at from admin_impersonations where id = :id",
        id=acting.account["impersonation_id"],
    )
    who = admin.account["admin"]["id"], owner.account["user"]["id"], owner.account["tenant"]["id"]
    assert kept == [[*who, "The total of quote 7 looks wrong", "1042", False, True, None]]
    assert events(admin, database)[-1] == "impersonation_start"
    noted = database.run("select event from auth_audit_logs where tenant_id = :id order by at", id=who[2])
    assert noted[-1] == ["impersonation_started"], "in the log of the tenant too"


def events(admin: Client, database: Database) -> list[str]:
    found = database.run(
        "select event from admin_login_audit_logs where admin_id = :id order by at, id", id=admin.account["admin"]["id"]
    )
    return [str(event) for [event] in found]


def test_every_owner_of_the_tenant_gets_a_mail_and_nobody_else(
    admin: Client, owner: Client, database: Database
) -> None:
    second, staff = member(owner, "owner", database), member(owner, "staff", database)
    reason = "{full_name} said:\tsee {link} %s"
    assert admin.send(to_start(staff, reason=reason)).status == 422, "one line of plain text"
    impersonate(admin, staff, reason=reason.replace("\t", " "), allow_writes=True)
    mails = database.run(
        "select event->>'to', event->'values' from outbox where event->>'template' = 'IMPERSONATION_STARTED'"
        " and tenant_id = :id", id=owner.account["tenant"]["id"],
    )  # fmt: skip
    assert {to for to, _ in mails} == {client.account["user"]["email"] for client in (owner, second)}
    assert len(mails) == 2
    values: Any = mails[0][1]
    mail = written("IMPERSONATION_STARTED", values)
    assert staff.account["user"]["email"] in mail.subject
    assert "Nikhil Rao" in mail.text and "may change" in mail.text
    assert "{full_name} said: see {link} %s" in mail.text


@pytest.mark.parametrize("reason", ["", " " * 20, "x" * 501, "over two\nlines of text"])
def test_a_reason_is_wanted(admin: Client, owner: Client, reason: str) -> None:
    answer = admin.send(to_start(owner, reason=reason))
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "#/reason")


def test_only_users_can_be_impersonated(admin: Client, owner: Client, database: Database) -> None:
    other = admins.new_admin(database).account["admin"]["id"]
    for user_id in (other, admin.account["admin"]["id"], str(uuid4()), owner.account["tenant"]["id"]):
        assert refusal(admin, to_start(owner, user_id=user_id)) == (404, "nobody-to-impersonate")


@pytest.mark.parametrize(
    "sql",
    [
        "update users set disabled_at = now() where id = :user",
        "update tenants set suspended_at = now() where id = :tenant",
        "update tenants set closed_at = now() where id = :tenant",
    ],
)
def test_nobody_acts_for_an_account_that_is_out_of_use(
    admin: Client, owner: Client, database: Database, sql: str
) -> None:
    name = "user" if ":user" in sql else "tenant"
    database.run(sql, **{name: owner.account[name]["id"]})
    assert refusal(admin, to_start(owner)) == (409, "account-inactive")


def test_one_at_a_time_and_none_inside_another(admin: Client, owner: Client, database: Database) -> None:
    acting, other = impersonate(admin, owner, allow_writes=True), sign_up()
    assert refusal(acting, to_start(other)) == (403, "wrong-audience")
    assert refusal(admin, to_start(other)) == (409, "already-impersonating")
    elsewhere = impersonate(admins.logged_in(admin), other)
    end(elsewhere)
    assert not is_alive(elsewhere), "another session of his has its own"
    assert is_alive(acting)
    colleague = impersonate(admins.new_admin(database), owner)
    assert is_alive(colleague), "another admin may at the same time"
    database.run(
        "update admin_impersonations set expires_at = started_at where id = :id", id=acting.account["impersonation_id"]
    )
    assert admin.send(to_start(other)).status == 200, "the first one is over"


def test_there_is_nothing_to_refresh_it(admin: Client, owner: Client, database: Database) -> None:
    acting = impersonate(admin, owner)
    found = database.run("select from refresh_tokens where session_id = :id", id=acting.account["impersonation_id"])
    assert found == []


def test_it_never_lasts_longer_than_the_admins_own_session(admin: Client, owner: Client, database: Database) -> None:
    database.run(
        "update admin_sessions set expires_at = now() + interval '2 minutes' where admin_id = :id",
        id=admin.account["admin"]["id"],
    )
    assert 110 <= impersonate(admin, owner).account["expires_in"] <= 120


def test_it_wants_the_second_factor_of_who_has_one(admin: Client, owner: Client, database: Database) -> None:
    assert lambdas.spec("impersonation", "start_impersonation").step_up
    database.run(
        "insert into two_factor_auth (holder_id, admin_id, method, secret, created_at, pending_until, enabled_at,"
        " last_step, backup_codes, used_backup_codes, failures, failures_today, failed_on)"
        " values (:id, :id, 'totp', '', now(), now(), now(), 0, '{}', '{}', 0, 0, current_date)",
        id=admin.account["admin"]["id"],
    )
    assert refusal(admin, to_start(owner)) == (403, "step-up-required")
    database.run("update admin_sessions set factor_at = now() where admin_id = :id", id=admin.account["admin"]["id"])
    assert admin.send(to_start(owner)).status == 200


def test_a_tenant_that_is_not_approved_may_no_more_than_before(
    admin: Client, owner: Client, database: Database
) -> None:
    database.run("update tenants set verification = 'pending' where id = :id", id=owner.account["tenant"]["id"])
    token = impersonate(admin, owner).token
    assert lambdas.authorize({"authorization": f"Bearer {token}"})["marks"] == "read_only unapproved"


# At once


def in_the_name_of(admin: Client) -> Call:
    """A call of the admin's, as the harness makes it."""
    claims, now = lambdas.authorize({"authorization": f"Bearer {admin.token}"}), datetime.now(UTC)
    actor = Actor(admin_id=UUID(claims["admin_id"]), session_id=UUID(claims["session_id"]), role=claims["role"])
    scope = db.Scope(staff=True, guard="admin", guard_id=actor.session_id, at=now, address="127.0.0.1")
    return Call(actor, now, scope=scope)


def start(admin: Client, user: Client) -> str:
    call = in_the_name_of(admin)
    given = ImpersonationIn(user_id=user.account["user"]["id"], reason="Everybody at once")
    try:
        with db.transaction(call.scope) as call.connection:
            starting.start(call, given)
    except Problem as problem:
        return problem.slug
    return "started"


def at_once(admin: Client) -> Counter[str]:
    """So many starts of one admin, each on a connection of its own."""
    together = threading.Barrier(AT_ONCE, timeout=60)

    def one(user: Client) -> str:
        db.connected()
        together.wait()
        try:
            return start(admin, user)
        finally:
            db.hang_up()

    with ThreadPoolExecutor(AT_ONCE) as callers:
        return Counter(callers.map(one, [sign_up() for _ in range(AT_ONCE)]))


def test_of_many_starts_at_once_one_is_made(admin: Client) -> None:
    assert at_once(admin) == {"started": 1, "already-impersonating": AT_ONCE - 1}


def test_without_the_lock_the_race_is_lost(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read, check, write: the mistake that the race above must find."""
    everybody, targets = threading.Barrier(AT_ONCE, timeout=60), queries.targets

    def planted(connection: db.Connection, **given: Any) -> Any:
        found = targets(connection, **given)
        everybody.wait()
        return found

    monkeypatch.setattr(queries, "lock_admin", lambda *_, **__: None)
    monkeypatch.setattr(queries, "targets", planted)
    assert at_once(admin)["started"] > 1


def test_who_logs_out_while_it_starts_ends_it(admin: Client, owner: Client, database: Database) -> None:
    """Logging out waits for the start, and then finds what that has made."""
    starting_call, ending_call = in_the_name_of(admin), in_the_name_of(admin)

    def log_out() -> None:
        with db.transaction(ending_call.scope) as ending_call.connection:
            session_ends.log_out(ending_call)
        db.hang_up()

    given = ImpersonationIn(user_id=owner.account["user"]["id"], reason="While I log out")
    with ThreadPoolExecutor(1) as other:
        with db.transaction(starting_call.scope) as starting_call.connection:
            made = starting.start(starting_call, given)
            logging_out = other.submit(log_out)
            waiting = "select from pg_stat_activity where usename = 'app' and wait_event_type = 'Lock'"
            assert wait_until(lambda: logging_out.done() or bool(database.run(waiting)), seconds=10)
            assert not logging_out.done()
        logging_out.result(30)
    assert not is_alive(Client(token=made.access_token))

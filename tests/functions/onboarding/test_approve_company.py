"""POST /api/admin/users/{user_id}/approve."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.core import clock, db
from shared.core.call import Actor, Call
from shared.core.errors import Problem
from shared.domains.onboarding.queries import companies as queries
from shared.domains.onboarding.rows import OwnerRow
from shared.domains.onboarding.service import decisions
from tests.functions.onboarding.companies import REASON, approved, decide, mails, ready, standing, submitted, waiting
from tests.support.client import Client, Request, new_email, sign_up
from tests.support.database import Database
from tests.support.examples import member

CALLERS = 20


def path(user_id: object) -> str:
    return f"/api/admin/users/{user_id}/approve"


def example(admin: Client) -> Request:
    return Request("POST", path(waiting(admin).account["user"]["id"]))


def logged(database: Database, owner: Client) -> list[list[object]]:
    return database.run(
        "select admin_id::text, decision, reason from onboarding_decisions where tenant_id = :id order by id",
        id=owner.account["tenant"]["id"],
    )


def test_any_of_its_users_stands_for_the_company(admin: Client, owner: Client, database: Database) -> None:
    colleague = member(submitted(owner), "viewer", database)
    answer = admin.post(path(colleague.account["user"]["id"]))
    assert answer.json["tenant_id"] == owner.account["tenant"]["id"]
    assert (answer.json["status"], answer.json["reason"]) == ("approved", None)
    assert standing(owner) == "approved"
    assert logged(database, owner) == [[admin.account["admin"]["id"], "approved", None]]


def test_each_owner_gets_a_mail(admin: Client, owner: Client, database: Database) -> None:
    second, _ = member(owner, "owner", database), member(owner, "admin", database)
    approved(admin, submitted(owner))
    told = mails(database, "APPROVAL_APPROVED", tenant=owner.account["tenant"]["id"])
    assert {to for to, _ in told} == {who.account["user"]["email"] for who in (owner, second)}


def test_only_what_waits_is_decided(admin: Client, owner: Client, database: Database) -> None:
    for company, standing_ in ((ready(owner), "not_submitted"), (sign_up(), "approved")):
        answer = admin.post(path(company.account["user"]["id"]))
        assert (answer.status, answer.json["type"]) == (409, "/problems/not-submitted")
        assert answer.json["standing"] == standing_
    assert logged(database, owner) == []


def test_a_step_that_was_undone_meanwhile_is_named(admin: Client, owner: Client) -> None:
    submitted(owner).patch("/api/tenant", {"phone": None})
    answer = admin.post(path(owner.account["user"]["id"]))
    assert (answer.status, answer.json["open_steps"]) == (409, ["business_profile"])
    assert standing(owner) == "pending"


@pytest.mark.parametrize("decision", ["approve", "reject"])
def test_a_company_that_was_closed_meanwhile_is_not_decided_upon(
    decision: str, admin: Client, owner: Client, database: Database
) -> None:
    tenant = submitted(owner).account["tenant"]["id"]
    assert owner.delete("/api/tenant").status == 204
    given = {"reason": REASON} if decision == "reject" else None
    answer = admin.post(f"/api/admin/users/{owner.account['user']['id']}/{decision}", given)
    assert (answer.status, answer.json["type"]) == (409, "/problems/tenant-is-closed")
    assert database.run("select verification from tenants where id = :id", id=tenant) == [["pending"]]
    for template in ("APPROVAL_APPROVED", "APPROVAL_REJECTED"):
        assert mails(database, template, tenant=tenant) == []


def test_a_user_whom_nobody_knows_is_not_found(admin: Client) -> None:
    assert admin.post(path(uuid4())).status == 404


def test_the_log_is_append_only(admin: Client, owner: Client, database: Database) -> None:
    approved(admin, submitted(owner))
    with pytest.raises(Exception, match="append-only"):
        database.run("delete from onboarding_decisions where tenant_id = :id", id=owner.account["tenant"]["id"])


def race(admin: Client, owner: Client) -> list[str]:
    """As many decisions on one company at once, each on a connection of its own: what became of them."""
    user, together = UUID(submitted(owner).account["user"]["id"]), threading.Barrier(CALLERS, timeout=60)

    def approve(_: int) -> str:
        actor = Actor(admin_id=UUID(admin.account["admin"]["id"]), role="super_admin")
        call = Call(actor, clock.now(), scope=db.Scope(staff=True))
        together.wait()
        try:
            with db.transaction(call.scope) as call.connection:
                call.connection.execute("set local lock_timeout = '60s'")
                return decisions.approve(call, user).status
        except Problem as problem:
            return problem.slug
        finally:
            db.hang_up()

    with ThreadPoolExecutor(CALLERS) as pool:
        return sorted(pool.map(approve, range(CALLERS)))


def test_of_twenty_decisions_at_once_one_counts(admin: Client, owner: Client, database: Database) -> None:
    assert race(admin, owner) == ["approved"] + ["not-submitted"] * (CALLERS - 1)
    assert len(logged(database, owner)) == 1


def test_the_race_catches_a_decision_that_reads_before_it_writes(
    admin: Client, owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: look whether the company waits, then decide."""
    everybody_has_read = threading.Barrier(CALLERS, timeout=60)

    def read_then_write(connection: db.Connection, **_: Any) -> list[OwnerRow]:
        mine = f"id = '{owner.account['tenant']['id']}'"
        waits = connection.execute(f"select from tenants where {mine} and verification = 'pending'").row_count
        everybody_has_read.wait()
        connection.execute(f"update tenants set verification = 'approved' where {mine}")
        return [OwnerRow(UUID(owner.account["tenant"]["id"]), "Sharma Packaging", new_email(), "Asha Sharma")][:waits]

    monkeypatch.setattr(queries, "approve", read_then_write)
    assert race(admin, owner) == ["approved"] * CALLERS


def test_a_second_admin_comes_too_late(admin: Client, owner: Client) -> None:
    approved(admin, submitted(owner))
    assert decide(admin, owner, "reject", {"reason": "It is not what it says."}) == 409

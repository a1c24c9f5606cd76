"""GET /api/support/tickets."""

import json
import random
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from shared.core import db
from shared.domains.support.queries import ticket_list
from shared.domains.support.queries import tickets as queries
from shared.domains.support.rows.tickets import TicketRow
from shared.domains.support.rules.escalation import BREACHES
from shared.domains.support.service import clocks
from tests.functions.support.desk import TICKETS, change, let_pass, open_ticket, resolved, say, ticket_for
from tests.support.admins import new_admin
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database
from tests.support.examples import member

OWN = True
MOMENTS = [datetime(2026, 1, 5, hour, tzinfo=UTC) for hour in range(8)]
JUDGED = [f"{cause}_{moment}" for cause in BREACHES for moment in ("warning_at", "critical_at", "due")]


def example(caller: Client) -> Request:
    """Of one tenant, what is assigned to one admin."""
    ticket = ticket_for(caller)
    return Request("GET", f"{TICKETS}?tenant_id={ticket['tenant_id']}&assigned_to={uuid.uuid4()}")


def numbers(client: Client, **query: object) -> list[str]:
    answer = client.get(TICKETS, **query)
    assert answer.status == 200, answer.body
    return [ticket["number"][-6:] for ticket in answer.json["items"]]


def test_newest_first_page_by_page(owner: Client) -> None:
    for _ in range(5):
        open_ticket(owner)
    assert numbers(owner) == ["000005", "000004", "000003", "000002", "000001"]
    first = owner.get(TICKETS, limit=2).json
    assert numbers(owner, limit=2, cursor=first["next_cursor"]) == ["000003", "000002"]
    assert numbers(owner, limit=2, page=3) == ["000001"]
    both = owner.get(TICKETS, page=2, cursor=first["next_cursor"])
    assert (both.status, both.json["errors"][0]["pointer"]) == (422, "#/query/page")
    assert owner.get(TICKETS, page=0).status == 422


def test_by_state_priority_category_and_agent(owner: Client, admin: Client) -> None:
    first, second = open_ticket(owner, priority="high"), open_ticket(owner, category="billing")
    agent = admin.account["admin"]["id"]
    assert change(admin, first, assigned_to=agent).status == 200
    assert numbers(owner, status="open") == ["000002"]
    assert numbers(owner, priority="high") == ["000002", "000001"], "bills are pressing"
    assert numbers(owner, category="billing") == ["000002"]
    assert numbers(owner, assigned_to=agent) == ["000001"]
    assert numbers(owner, assigned_to=str(uuid.uuid4())) == []
    resolved(admin, second)
    assert numbers(owner, status="resolved") == ["000002"]
    assert owner.get(TICKETS, status="lost").status == 422


def test_by_day_of_the_tenant(owner: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    database.run("update tenants set time_zone = 'Asia/Kolkata' where id = :id", id=owner.account["tenant"]["id"])
    database.run("update support_tickets set created_at = '2026-03-01T19:00:00Z' where id = :id", id=ticket["id"])
    day = date(2026, 3, 2)  # there it is half past midnight
    assert numbers(owner, **{"from": day, "to": day}) == ["000001"]
    assert numbers(owner, to=day - timedelta(days=1)) == []
    assert numbers(owner, **{"from": day + timedelta(days=1)}) == []


def test_words_are_found_in_what_is_public(owner: Client, admin: Client) -> None:
    ticket = open_ticket(owner, subject="Invoices are missing")
    open_ticket(owner)
    say(owner, ticket, "The corrugator stands still.")
    assert say(admin, ticket, "A zebra crossed the hall.", is_internal=True).status == 201
    for words in ("invoice", "MISSING invoices", "corrugator", ticket["number"]):
        assert numbers(owner, q=words) == ["000001"], words
    assert numbers(owner, q="ply") == ["000002", "000001"]
    for client in (owner, admin):
        assert numbers(client, q="zebra", tenant_id=owner.account["tenant"]["id"]) == []
    assert numbers(owner, q="'; drop table \\ & | !") == []


def test_its_words_are_those_of_all_that_is_public_together(owner: Client, admin: Client) -> None:
    ticket = open_ticket(owner, subject="Giraffe hydraulics")
    say(owner, ticket, "Please clean the walrus valve.")
    say(admin, ticket, "The plumber is on his way.")
    for words, found in (
        ("giraffe walrus", ["000001"]), ("walrus plumber", ["000001"]), ('"walrus valve"', ["000001"]),
        ("giraffe -walrus", []), ("walrus -plumber", []), ("walrus or zebra", ["000001"]), ('"valve walrus"', []),
    ):  # fmt: skip
        assert numbers(owner, q=words) == found, words


def test_no_ticket_has_too_many_words(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    for n in range(30):
        message = " ".join(f"word{n}x{m}" for m in range(900))
        assert say(owner, ticket, message).status == 201
    assert numbers(owner, q="word0x0") == ["000001"]
    [[size]] = database.run(
        "select octet_length(tsvectorsend(words)) from support_tickets where id = :id", id=ticket["id"]
    )
    assert 100_000 < size < 130_000


def test_what_nobody_has(owner: Client, admin: Client) -> None:
    first, _ = open_ticket(owner), open_ticket(owner)
    assert change(admin, first, assigned_to=admin.account["admin"]["id"]).status == 200
    assert (numbers(owner, unassigned="true"), numbers(owner, unassigned="false")) == (["000002"], ["000001"])


def test_a_promise_that_was_broken_is_found_at_once(owner: Client, admin: Client, database: Database) -> None:
    late, answered = open_ticket(owner), open_ticket(owner)
    assert say(admin, answered).status == 201
    for ticket in (late, answered):
        let_pass(database, ticket, timedelta(minutes=240))
    assert (numbers(owner, breached="true"), numbers(owner, breached="false")) == (["000001"], ["000002"])
    [found] = owner.get(TICKETS, breached="true").json["items"]
    assert found["sla"] == {"state": "breached", "breached": True, "level": 0}


def test_the_state_in_a_list_is_that_of_the_stored_clocks(owner: Client) -> None:
    """Of any moments, in any order, whichever are missing; now is often one of them."""
    chance, tenant = random.Random(11), UUID(owner.account["tenant"]["id"])
    made = [any_ticket(chance, tenant, n) for n in range(600)]
    with db.transaction(db.Scope(tenant)) as connection:
        for ticket in made:
            queries.add_ticket(connection, ticket=ticket.columns)
    found: set[tuple[str, str]] = set()
    for now in MOMENTS:
        with db.reading(db.Scope(tenant)) as connection:
            page = ticket_list.tickets_page(
                connection, requester=None, desk=None, text=None, wanted=None, after=None, now=now, limit=600, offset=0
            )
        listed = {shown["number"]: shown["sla"] for shown in json.loads(page.tickets)}
        for ticket in made:
            state, late = clocks.state_of(ticket, now), clocks.is_late(ticket, now)
            assert listed[ticket.number] == {"state": state, "breached": late, "level": ticket.level}, (ticket, now)
            found.add((ticket.status, state))
    assert len(found) == 3 * 5 + 2 * 2, "the chance has made each state of each status"


def any_ticket(chance: random.Random, tenant: UUID, number: int) -> TicketRow:
    """One that has ended, or not; the moments of a clock that does not stand still need not follow from anything."""
    status = chance.choice(("open", "in_progress", "waiting_user", "resolved", "closed"))
    known: dict[str, Any] = {
        name: chance.choice((None, *MOMENTS)) for name in ("first_response_at", "next_response_since", *JUDGED)
    }
    for cause in BREACHES:
        if known[f"{cause}_due"] is None or (cause == "next_response" and known["next_response_since"] is None):
            known |= dict.fromkeys(name for name in JUDGED if name.startswith(cause))  # it stands still
    if status == "resolved" or (status == "closed" and chance.random() < 0.5):
        known["resolved_at"] = chance.choice(MOMENTS)
    if status == "closed":
        known["closed_at"] = chance.choice(MOMENTS)
    return TicketRow.new(
        id=uuid.uuid4(), tenant_id=tenant, number=f"{number}", user_id=uuid.uuid4(), requester_name="", subject="",
        description="", category="general", priority="low", status=status, created_at=MOMENTS[0],
        updated_at=MOMENTS[0], terms={}, **known | {"level": chance.randrange(3), "breached": chance.random() < 0.2},
    )  # fmt: skip


def test_a_user_sees_his_own_and_who_runs_the_tenant_all(owner: Client, database: Database) -> None:
    ravi, boss = member(owner, "staff", database), member(owner, "admin", database)
    open_ticket(owner), open_ticket(ravi)
    assert numbers(ravi) == ["000002"]
    assert numbers(boss) == ["000002", "000001"]
    assert numbers(sign_up()) == []


@pytest.mark.parametrize(
    ("role", "found"),
    [
        ("super_admin", ["000004", "000003", "000002", "000001"]),
        ("support_staff", ["000004", "000002", "000001"]),
        ("support_viewer", ["000004", "000003", "000002"]),
    ],
)
def test_staff_see_what_they_may_work_on(
    owner: Client, admin: Client, database: Database, role: str, found: list[str]
) -> None:
    """The first is nobody's, the second the agent's, the third a colleague's, the fourth too, but it was escalated."""
    agent, tenant = new_admin(database, role), owner.account["tenant"]["id"]
    tickets = [open_ticket(owner) for _ in range(4)]
    for ticket in tickets[1:]:
        holder = agent if ticket is tickets[1] else admin
        database.run(
            "update support_tickets set assigned_to = cast(:admin as uuid), level = :level where id = :id",
            admin=holder.account["admin"]["id"], level=int(ticket is tickets[3]), id=ticket["id"],
        )  # fmt: skip
    assert numbers(agent, tenant_id=tenant) == found
    assert numbers(agent, tenant_id=tenant, limit=1) == found[:1]


def test_who_has_nothing_to_do_with_tickets_lists_none(database: Database) -> None:
    refused = new_admin(database, "finance_admin").get(TICKETS)
    assert (refused.status, refused.json["permission"]) == (403, "list_tickets")

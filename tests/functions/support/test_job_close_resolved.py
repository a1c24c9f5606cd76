"""functions/support/job_close_resolved.py."""

from datetime import timedelta
from typing import Any, cast

import pytest

from shared.domains.support.service import closing
from tests.functions.support.agents import run
from tests.functions.support.desk import TICKETS, let_pass, open_ticket, resolved, say, seen, told
from tests.support.client import Client
from tests.support.database import Database

WEEK = timedelta(days=7)
OWN = ("id", "number", "words", "closed_by")  # of each ticket, besides its moments


def resolved_for(time: timedelta, owner: Client, admin: Client, database: Database) -> dict[str, Any]:
    ticket = resolved(admin, open_ticket(owner))
    let_pass(database, ticket, time)
    return ticket


def test_what_nobody_answers_to_is_closed(owner: Client, admin: Client, database: Database) -> None:
    ticket = resolved_for(WEEK - timedelta(minutes=1), owner, admin, database)
    run("job_close_resolved")
    assert seen(owner, ticket)["status"] == "resolved"
    let_pass(database, ticket, timedelta(minutes=1))
    assert run("job_close_resolved") == 1
    shown = seen(owner, ticket)
    assert (shown["status"], shown["closed_at"] is None, shown["sla"]["state"]) == ("closed", False, "met")
    assert shown["messages"][-1]["message"] == "Closed: nobody has answered for 7 days."
    assert (shown["messages"][-1]["sender"], shown["messages"][-1]["sender_id"]) == ("system", None)
    assert told(database, ticket)[-1] == "TicketClosed"
    assert run("job_close_resolved") == 0


def test_it_is_as_if_somebody_had_closed_it(owner: Client, admin: Client, database: Database) -> None:
    by_itself, by_somebody = (resolved_for(WEEK, owner, admin, database) for _ in range(2))
    assert admin.post(f"{TICKETS}/{by_somebody['id']}/close", {}).status == 200
    run("job_close_resolved")
    rows = database.run(
        "select to_jsonb(t) - 'survey_digest' from support_tickets t where id = any(:ids)",
        ids=[by_itself["id"], by_somebody["id"]],
    )
    first, second = (
        {
            name: value is not None if name.endswith(("_at", "_due")) else value
            for name, value in dict(cast(Any, row)).items()
            if name not in OWN
        }
        for [row] in rows
    )
    assert first == second


def test_the_link_of_the_first_mail_stays(owner: Client, admin: Client, database: Database) -> None:
    ticket = resolved_for(WEEK, owner, admin, database)
    run("job_close_resolved")
    assert owner.post(f"{TICKETS}/{ticket['id']}/rating", {"rating": 5}).status == 200


def test_an_answer_opens_it_again(owner: Client, admin: Client, database: Database) -> None:
    ticket = resolved(admin, open_ticket(owner))
    say(owner, ticket)
    let_pass(database, ticket, WEEK)
    run("job_close_resolved")
    assert seen(owner, ticket)["status"] == "in_progress"


def test_after_as_many_days_as_its_terms_say(owner: Client, admin: Client, database: Database) -> None:
    run("job_close_resolved")
    ticket = open_ticket(owner)
    database.run(
        """update support_tickets set terms = terms || '{"close_after_days": 1}' where id = :id""", id=ticket["id"]
    )
    resolved(admin, ticket)
    let_pass(database, ticket, timedelta(days=1))
    assert run("job_close_resolved") == 1
    assert seen(owner, ticket)["messages"][-1]["message"] == "Closed: nobody has answered for 1 day."


def test_more_than_a_slice(owner: Client, admin: Client, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    run("job_close_resolved")
    monkeypatch.setattr(closing, "SLICE", 2)
    tickets = [resolved_for(WEEK, owner, admin, database) for _ in range(5)]
    assert run("job_close_resolved") == 5
    assert {seen(owner, ticket)["status"] for ticket in tickets} == {"closed"}

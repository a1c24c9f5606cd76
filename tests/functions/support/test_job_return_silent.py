"""functions/support/job_return_silent.py."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.domains.support.rules.terms import default_terms, returns_at
from shared.domains.support.service import assignment
from tests.functions.support.agents import empty_desk, id_of, new_agent, run
from tests.functions.support.desk import change, let_pass, open_ticket, resolved, say, seen, told
from tests.support.client import Client
from tests.support.database import Database

PATIENCE = 30  # minutes


def given_to(agent: Client, owner: Client, admin: Client, database: Database) -> dict[str, Any]:
    """A ticket that its agent loses if he is silent."""
    ticket = open_ticket(owner)
    database.run(
        "update support_tickets set terms = terms || jsonb_build_object('return_after', cast(:minutes as integer))"
        " where id = :id",
        minutes=PATIENCE, id=ticket["id"],
    )  # fmt: skip
    assert change(admin, ticket, assigned_to=id_of(agent)).status == 200
    return ticket


def holder(owner: Client, ticket: dict[str, Any]) -> object:
    return seen(owner, ticket)["assigned_to"]


def pass_by(database: Database, ticket: dict[str, Any], minutes: int) -> None:
    let_pass(database, ticket, timedelta(minutes=minutes))


def test_who_is_silent_for_too_long_loses_it(owner: Client, admin: Client, database: Database) -> None:
    ticket = given_to(admin, owner, admin, database)
    pass_by(database, ticket, PATIENCE - 1)
    run("job_return_silent")
    assert holder(owner, ticket) == id_of(admin)
    pass_by(database, ticket, 1)
    assert run("job_return_silent") == 1
    assert (holder(owner, ticket), told(database, ticket)[-1]) == (None, "TicketReturned")
    assert run("job_return_silent") == 0


def test_another_gets_it(owner: Client, admin: Client, database: Database) -> None:
    empty_desk(database)
    silent, other = new_agent(admin), new_agent(admin, capacity=1)
    ticket = given_to(silent, owner, admin, database)
    pass_by(database, ticket, PATIENCE)
    assert (run("job_return_silent"), run("job_assign_waiting")) == (1, 1)
    assert holder(owner, ticket) == id_of(other)
    pass_by(database, ticket, PATIENCE)
    assert (run("job_return_silent"), run("job_assign_waiting")) == (1, 1)
    assert holder(owner, ticket) == id_of(silent), "it is his turn again"


@pytest.mark.parametrize("internal", [False, True])
def test_an_answer_is_no_silence_and_a_note_is(
    owner: Client, admin: Client, database: Database, internal: bool
) -> None:
    ticket = given_to(admin, owner, admin, database)
    assert say(admin, ticket, is_internal=internal).status == 201
    pass_by(database, ticket, PATIENCE)
    run("job_return_silent")
    assert holder(owner, ticket) == (None if internal else id_of(admin))


def test_his_turn_begins_with_the_users_message(owner: Client, admin: Client, database: Database) -> None:
    ticket = given_to(admin, owner, admin, database)
    say(admin, ticket)
    pass_by(database, ticket, PATIENCE)
    say(owner, ticket)
    pass_by(database, ticket, PATIENCE - 1)
    run("job_return_silent")
    assert holder(owner, ticket) == id_of(admin)
    pass_by(database, ticket, 1)
    run("job_return_silent")
    assert holder(owner, ticket) is None


def test_what_has_ended_stays_with_who_ended_it(owner: Client, admin: Client, database: Database) -> None:
    ticket = given_to(admin, owner, admin, database)
    resolved(admin, ticket)
    pass_by(database, ticket, PATIENCE)
    run("job_return_silent")
    assert holder(owner, ticket) == id_of(admin)


def test_who_no_longer_works_on_tickets_loses_what_is_open(owner: Client, admin: Client, database: Database) -> None:
    agent = new_agent(admin, state="offline")
    tickets = [open_ticket(owner) for _ in range(2)]
    for ticket in tickets:
        assert change(admin, ticket, assigned_to=id_of(agent)).status == 200
    resolved(admin, tickets[1])
    run("job_return_silent")
    assert holder(owner, tickets[0]) == id_of(agent), "he may be silent, without a rule"
    database.run("update admins set disabled_at = now() where id = :id", id=id_of(agent))
    assert run("job_return_silent") == 1
    assert [holder(owner, ticket) for ticket in tickets] == [None, id_of(agent)]


def test_more_than_a_slice(owner: Client, admin: Client, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    run("job_return_silent")
    monkeypatch.setattr(assignment, "SLICE", 2)
    tickets = [given_to(admin, owner, admin, database) for _ in range(5)]
    for ticket in tickets:
        pass_by(database, ticket, PATIENCE)
    assert run("job_return_silent") == 5


def test_the_minutes_are_those_of_business_hours() -> None:
    hours = [{"opens": "09:00", "closes": "17:00"}]
    calendar: Any = {"time_zone": "UTC", "hours": {"friday": hours, "monday": hours}, "holidays": []}
    terms = default_terms("low") | {"return_after": 60, "calendar": calendar}
    friday = datetime(2026, 1, 23, 16, 30, tzinfo=UTC)
    assert returns_at(terms, friday) == datetime(2026, 1, 26, 9, 30, tzinfo=UTC)
    assert returns_at(terms, None) is None
    assert returns_at(default_terms("low"), friday) is None

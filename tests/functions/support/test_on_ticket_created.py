"""functions/support/on_ticket_created.py."""

import pytest

from tests.functions.support.agents import deliver, empty_desk, found, id_of, new_agent, rule
from tests.functions.support.desk import change, open_ticket, say, seen, told
from tests.support.client import Client, sign_up
from tests.support.database import Database


@pytest.fixture(autouse=True)
def empty(database: Database) -> None:
    empty_desk(database)


def holder(owner: Client, database: Database, **fields: object) -> object:
    """Who gets a new ticket."""
    ticket = open_ticket(owner, **fields)
    deliver(database, ticket)
    return seen(owner, ticket)["assigned_to"]


def test_who_is_free_gets_it_and_it_is_in_progress(owner: Client, admin: Client, database: Database) -> None:
    agent, ticket = new_agent(admin), open_ticket(owner)
    deliver(database, ticket)
    assert seen(owner, ticket)["status"] == "in_progress"
    assert seen(owner, ticket)["assigned_to"] == id_of(agent)
    assert told(database, ticket) == ["TicketCreated", "TicketAssigned"]
    shown = found(admin, agent)
    assert shown and shown["open_tickets"] == 1 and shown["last_assigned_at"]
    deliver(database, ticket)
    assert told(database, ticket) == ["TicketCreated", "TicketAssigned"], "it was brought twice"


def test_nobody_is_free_and_it_waits(owner: Client, admin: Client, database: Database) -> None:
    for state in ("away", "busy", "offline"):
        new_agent(admin, state=state)
    new_agent(admin, capacity=1, state="offline")
    retired = new_agent(admin)
    database.run("update admins set disabled_at = now() where id = :id", id=id_of(retired))
    assert holder(owner, database) is None
    assert open_ticket(owner)["status"] == "open"


def test_up_to_ninety_percent_of_the_capacity(owner: Client, admin: Client, database: Database) -> None:
    agent = id_of(new_agent(admin, capacity=5))
    assert [holder(owner, database) for _ in range(6)] == [agent] * 5 + [None]
    agent = id_of(new_agent(admin, capacity=10))
    assert [holder(owner, database) for _ in range(9)] == [agent] * 8 + [None], "the one that waited was first"


def test_one_that_somebody_has_stays_there(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    assert change(admin, ticket, assigned_to=id_of(admin)).status == 200
    new_agent(admin)
    deliver(database, ticket)
    assert seen(owner, ticket)["assigned_to"] == id_of(admin)


def test_one_that_was_answered_waits_for_its_user_as_before(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    say(admin, ticket)
    new_agent(admin)
    deliver(database, ticket)
    assert (seen(owner, ticket)["status"], told(database, ticket)[-1]) == ("waiting_user", "TicketAssigned")
    assert database.run("select silent_since from support_tickets where id = :id", id=ticket["id"]) == [[None]]


def test_in_turn(owner: Client, admin: Client, database: Database) -> None:
    rule(admin, "round_robin")
    agents = sorted(id_of(new_agent(admin)) for _ in range(3))
    assert [holder(owner, database) for _ in range(4)] == [*agents, agents[0]]


def test_each_rule_has_its_own_turn(owner: Client, admin: Client, database: Database) -> None:
    rule(admin, "round_robin", billing="round_robin", security="least_busy")
    first, second = sorted(id_of(new_agent(admin, capacity=100)) for _ in range(2))
    assert holder(owner, database) == first
    assert holder(owner, database, category="billing") == first
    assert holder(owner, database, category="security") == second
    assert holder(owner, database, category="performance") == second
    assert holder(owner, database, category="billing") == second


def test_who_has_least_to_do(owner: Client, admin: Client, database: Database) -> None:
    rule(admin, "least_busy")
    small, large = id_of(new_agent(admin, capacity=5)), id_of(new_agent(admin, capacity=20))
    assert holder(owner, database) in (small, large)
    assert [holder(owner, database) for _ in range(4)].count(large) >= 3


def test_who_knows_about_it(owner: Client, admin: Client, database: Database) -> None:
    rule(admin, "expertise_match")
    expert = id_of(new_agent(admin, expertise=["security"], capacity=4))
    new_agent(admin)
    assert [holder(owner, database, category="security") == expert for _ in range(5)] == [True] * 4 + [False]
    assert holder(owner, database) != expert


def test_whose_tenant_it_is(owner: Client, admin: Client, database: Database) -> None:
    home = id_of(new_agent(admin, home_tenant_id=owner.account["tenant"]["id"]))
    away = id_of(new_agent(admin, home_tenant_id=sign_up().account["tenant"]["id"]))
    assert [holder(owner, database) for _ in range(3)] == [home] * 3
    assert holder(sign_up(), database) == away


@pytest.mark.parametrize("record", ["rating = {}", "first_response_at = assigned_at + interval '{} minutes'"])
def test_who_did_better_lately(owner: Client, admin: Client, database: Database, record: str) -> None:
    """The best rating is the highest, the best answer the fastest."""
    agents = {mark: new_agent(admin) for mark in (1, 5)}
    for mark, agent in agents.items():
        ticket = open_ticket(owner)
        assert change(admin, ticket, assigned_to=id_of(agent)).status == 200
        database.run(
            f"update support_tickets set {record.format(mark * 60 if 'first' in record else mark)},"
            " resolved_at = created_at, status = 'resolved' where id = :id",
            id=ticket["id"],
        )
    assert holder(owner, database) == id_of(agents[5 if "rating" in record else 1])

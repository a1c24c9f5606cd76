"""functions/support/job_assign_waiting.py."""

import pytest

from shared.domains.support.service import assignment
from tests.functions.support.agents import empty_desk, id_of, new_agent, run
from tests.functions.support.desk import change, open_ticket, seen, told
from tests.support.client import Client
from tests.support.database import Database


@pytest.fixture(autouse=True)
def empty(database: Database) -> None:
    empty_desk(database)


def holders(owner: Client, tickets: list[dict[str, object]]) -> list[object]:
    return [seen(owner, ticket)["assigned_to"] for ticket in tickets]


def test_what_waited_gets_somebody_once_somebody_is_free(owner: Client, admin: Client) -> None:
    tickets = [open_ticket(owner) for _ in range(3)]
    assert run("job_assign_waiting") == 0
    agent = id_of(new_agent(admin))
    assert (run("job_assign_waiting"), holders(owner, tickets)) == (3, [agent] * 3)
    assert run("job_assign_waiting") == 0


def test_the_most_pressing_and_then_the_oldest_first(owner: Client, admin: Client) -> None:
    low, medium, urgent, later = (open_ticket(owner, priority=name) for name in ("low", "medium", "urgent", "medium"))
    agent = id_of(new_agent(admin, capacity=2))
    assert run("job_assign_waiting") == 2
    assert holders(owner, [urgent, medium, later, low]) == [agent, agent, None, None]


def test_more_than_a_slice(owner: Client, admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assignment, "SLICE", 2)
    tickets = [open_ticket(owner) for _ in range(5)]
    agent = id_of(new_agent(admin))
    assert (run("job_assign_waiting"), holders(owner, tickets)) == (5, [agent] * 5)


@pytest.mark.parametrize("status", ["resolved", "closed"])
def test_what_has_ended_waits_for_nobody(owner: Client, admin: Client, status: str) -> None:
    assert change(admin, open_ticket(owner), status=status).status == 200
    new_agent(admin)
    assert run("job_assign_waiting") == 0


def test_of_a_closed_tenant_it_waits_until_the_tenant_is_opened_again(
    owner: Client, admin: Client, database: Database
) -> None:
    ticket, tenant = open_ticket(owner), owner.account["tenant"]["id"]
    agent = id_of(new_agent(admin))
    database.run("update tenants set closed_at = now() where id = :id", id=tenant)
    assert run("job_assign_waiting") == 0
    database.run("update tenants set closed_at = null where id = :id", id=tenant)
    assert (run("job_assign_waiting"), holders(owner, [ticket])) == (1, [agent])


def test_one_does_not_go_back_to_who_had_it(
    owner: Client, admin: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assignment, "SLICE", 1)
    first, ticket = new_agent(admin), open_ticket(owner)
    assert run("job_assign_waiting") == 1
    assert change(first, ticket, assigned_to=None).status == 200
    other = open_ticket(owner)
    assert run("job_assign_waiting") == 1
    assert holders(owner, [ticket, other]) == [None, id_of(first)], "it keeps nobody behind it waiting"
    second = new_agent(admin)
    assert (run("job_assign_waiting"), holders(owner, [ticket])) == (1, [id_of(second)])
    assert told(database, ticket) == ["TicketCreated", "TicketAssigned", "TicketReturned", "TicketAssigned"]

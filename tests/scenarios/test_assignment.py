"""A thousand tickets that wait for ten agents: assigned by many at once, as if one had done it in order."""

import json
import random
import threading
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, get_args
from uuid import UUID

import pytest

from shared.core import db
from shared.domains.support.queries import assignment as queries
from shared.domains.support.queries.tickets import lock_ticket
from shared.domains.support.rules.assignment import Agent, Need, Strategy, assign
from shared.domains.support.rules.terms import default_terms
from shared.domains.support.rules.tickets import Category, Priority
from shared.domains.support.service import assignment
from tests.functions.support.agents import empty_desk, run
from tests.support.client import new_email
from tests.support.database import Database

TICKETS, AGENTS, WORKERS, SEED = 1000, 10, 8, 7
CATEGORIES, PRIORITIES = get_args(Category), get_args(Priority)
URGENCY = ("urgent", "high", "medium", "low")
START = datetime(2026, 1, 5, tzinfo=UTC)
Given = dict[UUID, UUID | None]  # by ticket: who has it


class Waiting(NamedTuple):
    id: UUID
    category: Category
    priority: Priority
    created_at: datetime


class Desk(NamedTuple):
    """By a seed: the same one gives the same desk."""

    agents: list[Agent]
    tickets: list[Waiting]


def desk(database: Database, strategy: Strategy, capacities: tuple[int, ...], count: int = TICKETS) -> Desk:
    """In the database, where nothing else waits."""
    chance, tenant = random.Random(SEED), uuid.uuid4()
    agents = [
        Agent(a_id(chance), "online", frozenset(chance.sample(CATEGORIES, 4)), 0, capacities[place % len(capacities)])
        for place in range(AGENTS)
    ]
    tickets = [
        Waiting(
            a_id(chance), chance.choice(CATEGORIES), chance.choice(PRIORITIES),
            START + timedelta(minutes=chance.randrange(TICKETS)),
        )
        for _ in range(count)
    ]  # fmt: skip
    empty_desk(database)
    database.run("delete from tenants where name = 'Desk'")
    database.run("delete from admins where full_name = 'Desk'")
    database.run(
        "insert into tenants (id, name, time_zone, currency, created_at) values (:id, 'Desk', 'UTC', 'INR', now())",
        id=tenant,
    )
    database.run("update support_assignment_rules set strategy = :strategy", strategy=strategy)
    add_agents(database, agents)
    add_tickets(database, tenant, tickets)
    return Desk(agents, tickets)


def a_id(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128))


def add_agents(database: Database, agents: list[Agent]) -> None:
    rows = [agent._asdict() | {"expertise": sorted(agent.expertise), "email": new_email()} for agent in agents]
    given = "jsonb_to_recordset(cast(:rows as jsonb)) as r (agent_id uuid, email text, expertise text[], capacity int)"
    database.run(
        "insert into admins (id, email, full_name, password_hash, role, granted, created_at)"
        f" select agent_id, email, 'Desk', '', 'support_staff', '{{}}', now() from {given}",
        rows=as_json(rows),
    )
    database.run(
        "insert into support_agents (admin_id, state, expertise, capacity, created_at, updated_at)"
        f" select agent_id, 'online', expertise, capacity, now(), now() from {given}",
        rows=as_json(rows),
    )


def add_tickets(database: Database, tenant: UUID, tickets: list[Waiting]) -> None:
    database.run(
        "insert into support_tickets (id, tenant_id, number, user_id, requester_name, subject, description,"
        " category, priority, status, tags, created_at, updated_at, reopened, terms, breached, level, raised,"
        " rated_by_staff)"
        " select id, :tenant, 'SUP-' || id, gen_random_uuid(), '', '', '', category, priority, 'open', '{}',"
        " created_at, created_at, 0, cast(:terms as jsonb), false, 0, '{}', false"
        " from jsonb_to_recordset(cast(:rows as jsonb))"
        " as r (id uuid, category text, priority text, created_at timestamptz)",
        tenant=tenant, terms=as_json(default_terms("low")), rows=as_json([ticket._asdict() for ticket in tickets]),
    )  # fmt: skip


def as_json(value: object) -> str:
    return json.dumps(value, default=str)


def one_after_the_other(found: Desk, strategy: Strategy) -> Given:
    """What the rules say, with no database and nobody else."""
    agents = {agent.agent_id: agent for agent in found.agents}
    given: Given = {}
    turn = None
    queue = sorted(found.tickets, key=lambda one: (URGENCY.index(one.priority), one.created_at, one.id))
    for moment, ticket in enumerate(queue):
        need = Need(ticket.category, ticket.priority, UUID(int=0))
        chosen = assign(strategy, agents.values(), need, turn)
        given[ticket.id] = turn = chosen.agent_id if chosen else None
        if chosen:
            agent, at = agents[chosen.agent_id], START + timedelta(seconds=moment)
            agents[agent.agent_id] = agent._replace(open_tickets=agent.open_tickets + 1, last_assigned_at=at)
    return given


def all_at_once(database: Database, found: Desk) -> Given:
    """What comes out when the jobs of many workers, a connection each, share the work."""
    together = threading.Barrier(WORKERS, timeout=60)

    def work(_: int) -> int:
        together.wait()
        try:
            return run("job_assign_waiting")
        finally:
            db.hang_up()

    with ThreadPoolExecutor(WORKERS) as workers:
        done = sum(workers.map(work, range(WORKERS)))
    rows = database.run(
        "select id, assigned_to from support_tickets where id = any(:ids)", ids=[ticket.id for ticket in found.tickets]
    )
    given: Given = {UUID(str(id)): UUID(str(agent)) if agent else None for id, agent in rows}
    assert done == sum(agent is not None for agent in given.values())
    check_capacity(found, given)
    return given


def check_capacity(found: Desk, given: Given) -> None:
    has = loads(given)
    assert all(has[agent.agent_id] * 10 <= agent.capacity * 9 for agent in found.agents), has


def loads(given: Given) -> Counter[UUID | None]:
    return Counter(given.values())


@pytest.mark.parametrize(
    ("strategy", "slice_", "capacities"),
    [
        ("round_robin", 7, (200,)),
        ("least_busy", 7, (80, 160)),
        ("expertise_match", 50, (120,)),
        ("hybrid", 1, (120,)),
        ("hybrid", 50, (40, 90)),
    ],
)
def test_it_is_as_if_one_had_done_it_in_order(
    strategy: Strategy, slice_: int, capacities: tuple[int, ...], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assignment, "SLICE", slice_)
    found = desk(database, strategy, capacities)
    given = all_at_once(database, found)
    assert given == one_after_the_other(found, strategy)
    check_spread(strategy, found, given)


def check_spread(strategy: Strategy, found: Desk, given: Given) -> None:
    """As the strategy says it, in figures of its own."""
    has, places = loads(given), sum(agent.capacity for agent in found.agents)
    if places * 9 < TICKETS * 10:
        assert has[None] == TICKETS - sum(agent.capacity * 9 // 10 for agent in found.agents), "everybody is full"
    elif strategy == "round_robin":
        assert set(has.values()) == {TICKETS // AGENTS}
    elif strategy == "least_busy":
        assert all(abs(has[agent.agent_id] / agent.capacity - TICKETS / places) < 0.02 for agent in found.agents)
    else:
        knows = {agent.agent_id: agent.expertise for agent in found.agents}
        known = sum(ticket.category in knows[agent] for ticket in found.tickets if (agent := given[ticket.id]))
        assert known > 2 * TICKETS * 4 / len(CATEGORIES), "by chance one in four would meet somebody who knows"


def test_the_race_catches_what_is_read_before_it_is_written(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: nobody waits for his turn, so everybody has read the loads before anybody writes."""
    everybody_has_read, mine = threading.Barrier(WORKERS, timeout=60), threading.local()
    read = queries.candidates

    def read_together(*given: Any, **named: Any) -> Any:
        rows = read(*given, **named)
        if not hasattr(mine, "waited"):
            mine.waited = everybody_has_read.wait()
        return rows

    monkeypatch.setattr(queries, "take_turn", lambda _: None)
    monkeypatch.setattr(queries, "candidates", read_together)
    with pytest.raises(AssertionError, match="Counter"):
        all_at_once(database, desk(database, "hybrid", (20,)))


@pytest.mark.parametrize(
    ("stem", "due"),
    [
        ("job_assign_waiting", "assigned_to = null"),
        ("job_return_silent", "assigned_to = gen_random_uuid(), returns_at = created_at"),
        ("job_close_resolved", "status = 'resolved', resolved_at = created_at, closes_at = created_at"),
    ],
)
def test_what_somebody_is_changing_is_left_alone(stem: str, due: str, database: Database) -> None:
    """Until he has: the job neither waits nor takes it from under his hands."""
    ids = [ticket.id for ticket in desk(database, "hybrid", (120,), count=2).tickets]
    others = "returns_at = null, closes_at = null, assigned_to = gen_random_uuid()"  # neither waits nor is returned
    database.run(f"update support_tickets set {others}")
    database.run(f"update support_tickets set {due} where id = any(:ids)", ids=ids)
    with ThreadPoolExecutor(1) as elsewhere:
        with db.transaction(db.Scope(staff=True)) as connection:
            lock_ticket(connection, id=ids[0])
            connection.execute("select")
            assert elsewhere.submit(run, stem).result() == 1
        assert elsewhere.submit(run, stem).result() == 1
        elsewhere.submit(db.hang_up)

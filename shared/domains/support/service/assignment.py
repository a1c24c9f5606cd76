"""Tickets that nobody has: who gets them, one assigner at a time and in one order.

So the same queue, agents and rules give the same result, however many assigners share the work (rules/assignment.py).
"""

from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from shared.core import outbox
from shared.core.call import Call
from shared.domains.support.events import TicketAssigned, TicketReturned
from shared.domains.support.queries import assignment as queries
from shared.domains.support.rows.agents import CandidateRow, WaitingRow
from shared.domains.support.rows.tickets import Json
from shared.domains.support.rules.assignment import Agent, Need, Strategy, assign, is_free
from shared.domains.support.rules.terms import Terms, returns_at
from shared.domains.support.rules.tickets import Category, Priority
from shared.domains.support.schemas.agents import AssignmentRules
from shared.domains.support.service.access import WORKERS

SLICE = 50  # tickets a transaction
MOMENT = timedelta(microseconds=1)
Given = list[tuple[WaitingRow, UUID]]


def assign_waiting(call: Call) -> int:
    """Give tickets to agents who are free, the most pressing and then the oldest first; how many. The others wait."""
    queries.take_turn(call.connection)
    agents = {row.agent_id: _agent(row) for row in queries.candidates(call.connection, workers=WORKERS)}
    free = [agent.agent_id for agent in agents.values() if is_free(agent)]
    if not free:
        return 0
    queue = queries.waiting(call.connection, only=free[0] if len(free) == 1 else None, limit=SLICE)
    given, turns = _assigned(queue, agents, call.now)
    if given:
        _write(call, given, agents, turns)
    return len(given)


def return_silent(call: Call) -> int:
    """Take tickets from agents who were silent for too long, or no longer work on tickets; how many. Another gets each:
    by itself none goes back to who had it."""
    rows = queries.return_tickets(call.connection, workers=WORKERS, now=call.now, limit=SLICE)
    for row in rows:
        assert row.agent_id  # what waits for nobody is not returned
        event = TicketReturned(ticket_id=row.id, number=row.number, agent_id=row.agent_id)
        outbox.announce(call, event, tenant_id=row.tenant_id)
    return len(rows)


def get_rules(call: Call) -> AssignmentRules:
    """Of every category, and of those that have one of their own."""
    found = {row.category: cast(Strategy, row.strategy) for row in queries.strategies(call.connection)}
    strategy = found.pop(queries.EVERY)
    return AssignmentRules(strategy=strategy, by_category=cast(dict[Category, Strategy], found))


def set_rules(call: Call, given: AssignmentRules) -> AssignmentRules:
    """In place of those before; a round robin that stays goes on where it was."""
    rules = [(queries.EVERY, given.strategy), *given.by_category.items()]
    queries.take_turn(call.connection)
    queries.drop_other_strategies(call.connection, categories=[category for category, _ in rules])
    queries.set_strategies(
        call.connection,
        given=[{"category": category, "strategy": strategy} for category, strategy in rules],
        now=call.now,
    )
    return given


def _assigned(queue: list[WaitingRow], agents: dict[UUID, Agent], now: datetime) -> tuple[Given, dict[str, UUID]]:
    """Which ticket goes to whom, and whose turn it was last by rule; keeps `agents` as they are after it.

    Each assignment has a later moment than all before it, so who has waited longest does not depend on how the tickets
    came in slices, or on whose clock was read first.
    """
    given: Given = []
    turns: dict[str, UUID] = {}
    at = max([now, *(agent.last_assigned_at for agent in agents.values() if agent.last_assigned_at)])
    for ticket in queue:
        need = Need(cast(Category, ticket.category), cast(Priority, ticket.priority), ticket.tenant_id)
        others = (agent for agent in agents.values() if agent.agent_id != ticket.returned_by)
        found = assign(cast(Strategy, ticket.strategy), others, need, turns.get(ticket.rule, ticket.turn))
        if found is None:
            continue
        at += MOMENT
        agent = agents[found.agent_id]
        agents[agent.agent_id] = agent._replace(open_tickets=agent.open_tickets + 1, last_assigned_at=at)
        if ticket.strategy == "round_robin":
            turns[ticket.rule] = agent.agent_id
        given.append((ticket, agent.agent_id))
    return given, turns


def _write(call: Call, given: Given, agents: dict[UUID, Agent], turns: dict[str, UUID]) -> None:
    tickets: list[Json] = []
    for ticket, agent_id in given:
        since = None if ticket.status == "waiting_user" else call.now
        tickets.append(
            {
                "id": ticket.id,
                "assigned_to": agent_id,
                "silent_since": since,
                "returns_at": returns_at(cast(Terms, ticket.terms), since),
            }
        )
        event = TicketAssigned(ticket_id=ticket.id, number=ticket.number, agent_id=agent_id)
        outbox.announce(call, event, tenant_id=ticket.tenant_id)
    queries.assign_tickets(call.connection, given=tickets, now=call.now)
    chosen = {agent_id: agents[agent_id].last_assigned_at for _, agent_id in given}
    queries.note_assignments(
        call.connection, given=[{"admin_id": id, "last_assigned_at": at} for id, at in chosen.items()]
    )
    if turns:
        queries.note_turns(call.connection, given=[{"category": rule, "turn": id} for rule, id in turns.items()])


def _agent(row: CandidateRow) -> Agent:
    return Agent(**row._asdict() | {"expertise": frozenset(row.expertise)})

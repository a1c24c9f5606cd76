"""Statements by which tickets that nobody has get somebody, and those of silent agents come back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Delete,
    Update,
    Uuid,
    and_,
    case,
    cast,
    extract,
    func,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import Insert, insert

from shared.core import query
from shared.core.query import Nullable
from shared.core.tables import Rows, one_of, recordset
from shared.domains.support.queries.agents import at_work, open_tickets, works
from shared.domains.support.queries.states import runs
from shared.domains.support.rows.agents import CandidateRow, ReturnedRow, StrategyRow, WaitingRow, Workers
from shared.domains.support.rows.tickets import Json
from shared.domains.support.tables import admins, support_agents, support_assignment_rules, support_tickets, tenants

EVERY = "*"  # the category of the rule for those without one of their own
RECORD = 100  # tickets by which an agent is judged

tickets = support_tickets.c
urgency = func.array_position(literal_column("array['urgent', 'high', 'medium', 'low']"), tickets.priority)


@query.later
def take_turn() -> Rows:
    """Who assigns does it alone, to the end of the transaction; what he reads after this has all that was assigned."""
    rules = support_assignment_rules.c
    return select(rules.category).where(rules.category == EVERY).with_for_update()


@query.all_(CandidateRow)
def candidates(*, workers: Workers) -> Rows:
    """Agents who are online, with the record of the last tickets they got."""
    minutes = extract("epoch", tickets.first_response_at - tickets.assigned_at) / 60
    answered = case((tickets.first_response_at >= tickets.assigned_at, minutes))  # by him, not by one before
    got = select(tickets.rating, answered.label("minutes")).where(tickets.assigned_to == support_agents.c.admin_id)
    newest = got.order_by(tickets.created_at.desc(), tickets.id.desc()).limit(RECORD).lateral("newest")
    beside = {
        "agent_id": support_agents.c.admin_id,
        "open_tickets": open_tickets(support_agents),
        "satisfaction": func.avg(newest.c.rating),
        "response_minutes": func.avg(newest.c.minutes),
        "tenant_id": support_agents.c.home_tenant_id,
    }
    shown = ((beside[name] if name in beside else support_agents.c[name]).label(name) for name in CandidateRow._fields)
    agents = support_agents.join(admins, support_agents.c.admin_id == admins.c.id).outerjoin(newest, true())
    online = select(*shown).select_from(agents).where(support_agents.c.state == "online", works(workers))
    return online.group_by(support_agents.c.admin_id)


@query.all_(WaitingRow)
def waiting(*, only: Nullable[UUID], limit: int) -> Rows:
    """The most pressing tickets that nobody has, then the oldest, locked. Without those of closed tenants, which wait
    until they are re-opened, and those that came back from the `only`
    agent who is free: they would wait in front of the others for ever."""
    own, rest = support_assignment_rules.alias("own"), support_assignment_rules.alias("rest")
    beside = {
        "rule": func.coalesce(own.c.category, rest.c.category),
        "strategy": func.coalesce(own.c.strategy, rest.c.strategy),
        "turn": case((own.c.category.is_(None), rest.c.turn), else_=own.c.turn),
    }
    shown = (beside[name].label(name) if name in beside else tickets[name] for name in WaitingRow._fields)
    of_tenants = support_tickets.join(tenants, tenants.c.id == tickets.tenant_id)
    by_rule = of_tenants.join(rest, rest.c.category == EVERY).outerjoin(own, own.c.category == tickets.category)
    nobodys = tickets.assigned_to.is_(None), runs, tenants.c.closed_at.is_(None)
    not_again = or_(cast(only, Uuid).is_(None), tickets.returned_by.is_distinct_from(only))
    found = select(*shown).select_from(by_rule).where(*nobodys, not_again)
    queue = found.order_by(urgency, tickets.created_at, tickets.id).limit(limit)
    return queue.with_for_update(of=support_tickets, key_share=True, skip_locked=True)


@query.later
def assign_tickets(*, given: list[Json], now: datetime) -> Update:
    """Each has the id of a ticket, whom it is assigned to, and since when it is his turn and he may lose it."""
    found = recordset(given, *(tickets[name] for name in ("id", "assigned_to", "silent_since", "returns_at")))
    values: dict[str, Any] = {name: found.c[name] for name in ("assigned_to", "silent_since", "returns_at")}
    values["status"] = case((tickets.status == "open", "in_progress"), else_=tickets.status)
    values |= {"assigned_at": now, "returned_by": None, "updated_at": now}
    return support_tickets.update().where(tickets.id == found.c.id).values(values)


@query.later
def note_assignments(*, given: list[Json]) -> Update:
    """When each of these agents got his last ticket."""
    found = recordset(given, support_agents.c.admin_id, support_agents.c.last_assigned_at)
    changed = support_agents.update().where(support_agents.c.admin_id == found.c.admin_id)
    return changed.values(last_assigned_at=found.c.last_assigned_at)


@query.later
def note_turns(*, given: list[Json]) -> Update:
    """Whose turn it was last, by the category of the rule."""
    rules = support_assignment_rules.c
    found = recordset(given, rules.category, rules.turn)
    return support_assignment_rules.update().where(rules.category == found.c.category).values(turn=found.c.turn)


@query.all_(ReturnedRow)
def return_tickets(*, workers: Workers, now: datetime, limit: int) -> Update:
    """Those whose agent was silent for too long, or no longer works on tickets, back into the queue."""
    gone = func.array(select(admins.c.id).where(~works(workers)).scalar_subquery())
    left = and_(at_work, tickets.assigned_to == func.any(gone))
    lost = select(tickets.id).where(or_(tickets.returns_at <= now, left)).limit(limit)
    locked = lost.with_for_update(key_share=True, skip_locked=True)
    values = dict.fromkeys(("assigned_to", "assigned_at", "silent_since", "returns_at"))
    values |= {"returned_by": tickets.assigned_to, "updated_at": now}
    returned = support_tickets.update().where(tickets.id.in_(locked)).values(values)
    return returned.returning(tickets.id, tickets.tenant_id, tickets.number, tickets.returned_by.label("agent_id"))


@query.all_(StrategyRow)
def strategies() -> Rows:
    return select(*(support_assignment_rules.c[name] for name in StrategyRow._fields))


@query.later
def set_strategies(*, given: list[Json], now: datetime) -> Insert:
    """One for each category; whose turn it is stays."""
    found = recordset(given, *(support_assignment_rules.c[name] for name in StrategyRow._fields))
    names = [*StrategyRow._fields, "updated_at"]
    moment = cast(now, support_assignment_rules.c.updated_at.type)
    added = insert(support_assignment_rules).from_select(
        names, select(found.c.category, found.c.strategy, moment).order_by(found.c.category)
    )
    kept = {name: added.excluded[name] for name in names[1:]}
    return added.on_conflict_do_update(index_elements=["category"], set_=kept)


@query.later
def drop_other_strategies(*, categories: list[str]) -> Delete:
    return support_assignment_rules.delete().where(~one_of(support_assignment_rules.c.category, categories))

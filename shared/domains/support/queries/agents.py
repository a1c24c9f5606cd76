"""Statements on agents: admins who work on tickets. Who no longer may is in no answer, but keeps his row."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    ScalarSelect,
    Text,
    Update,
    and_,
    case,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import insert

from shared.core import query
from shared.core.paging import After
from shared.core.query import Nullable
from shared.core.tables import Rows, newest_first, one_of, recordset
from shared.domains.support.queries.states import runs
from shared.domains.support.rows.agents import AgentRow, Workers
from shared.domains.support.rows.tickets import Json
from shared.domains.support.tables import admins, support_agents, support_tickets

OF_ADMIN = ("id", "full_name", "email", "role")
CHANGEABLE = ("state", "expertise", "capacity", "home_tenant_id")

at_work = and_(support_tickets.c.assigned_to.is_not(None), runs)


@query.maybe(AgentRow)
def add_agent(
    *,
    admin: UUID,
    state: str,
    expertise: list[str],
    capacity: int,
    home_tenant: Nullable[UUID],
    now: datetime,
    workers: Workers,
) -> Rows:
    """None where there is no such admin, or he may not work on tickets."""
    values = cast(state, Text), cast(expertise, ARRAY(Text)), cast(capacity, Integer)
    home, moment = cast(home_tenant, support_agents.c.home_tenant_id.type), cast(now, support_agents.c.created_at.type)
    made = select(admins.c.id, *values, home, moment, moment).where(admins.c.id == admin, works(workers))
    names = ["admin_id", *CHANGEABLE, "created_at", "updated_at"]
    added = insert(support_agents).from_select(names, made).returning(*support_agents.c).cte("added")
    return select(*_shown(added)).where(admins.c.id == added.c.admin_id)


@query.maybe(AgentRow)
def change_agent(*, id: UUID, changes: Json, now: datetime, workers: Workers) -> Update:
    """The keys of `changes` are columns; a home of null is cleared."""
    given = recordset(func.jsonb_build_array(changes), *(support_agents.c[name] for name in CHANGEABLE))
    values: dict[str, Any] = {name: func.coalesce(given.c[name], support_agents.c[name]) for name in CHANGEABLE[:3]}
    cleared = func.jsonb_exists(changes, "home_tenant_id")
    values["home_tenant_id"] = case((cleared, given.c.home_tenant_id), else_=support_agents.c.home_tenant_id)
    changed = support_agents.update().where(
        support_agents.c.admin_id == id, support_agents.c.admin_id == admins.c.id, works(workers)
    )
    return changed.values(values | {"updated_at": now}).returning(*_shown(support_agents))


@query.all_(AgentRow)
def agents_page(*, workers: Workers, after: After | None, limit: int) -> Rows:
    """Newest first."""
    found = select(*_shown(support_agents)).where(support_agents.c.admin_id == admins.c.id, works(workers))
    return newest_first(found, support_agents.c.created_at, support_agents.c.admin_id, after, limit)


def works(workers: Workers) -> ColumnElement[bool]:
    """Of an admin: whether he works on tickets."""
    granted = cast(workers.permission, Text) == func.any(admins.c.granted)
    return and_(admins.c.disabled_at.is_(None), or_(one_of(admins.c.role, workers.roles), granted))


def open_tickets(agents: Any) -> ScalarSelect[int]:
    """How many tickets an agent has that have not ended."""
    counted = select(func.count()).where(at_work, support_tickets.c.assigned_to == agents.c.admin_id)
    return counted.correlate(agents).scalar_subquery()


def _shown(agents: Any) -> list[Any]:
    beside = {name: admins.c[name] for name in OF_ADMIN} | {"open_tickets": open_tickets(agents).label("open_tickets")}
    return [beside[name] if name in beside else agents.c[name] for name in AgentRow._fields]

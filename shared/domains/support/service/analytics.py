"""How the desk does: its tickets, its promises, its agents, over the tickets that were opened in a period."""

from datetime import date, timedelta
from typing import Any, get_args
from uuid import UUID
from zoneinfo import ZoneInfo

from shared.core.call import Call
from shared.core.errors import Invalid
from shared.domains.support.queries import analytics as queries
from shared.domains.support.rows.analytics import Period
from shared.domains.support.rows.tickets import Json
from shared.domains.support.rules.tickets import Priority, Status
from shared.domains.support.schemas.analytics import AgentAnalytics, SlaAnalytics, SupportAnalytics

USUAL, LONGEST = timedelta(days=30), timedelta(days=366)
ALL_AGENTS = "view_ticket_analytics"
STATUSES, PRIORITIES = get_args(Status), get_args(Priority)[::-1]


def get_support_analytics(call: Call, period: Period, tenant_id: UUID | None) -> SupportAnalytics:
    found = queries.desk_figures(call.connection, period=period, tenant=tenant_id, now=call.now)
    backlog = found.backlog | {"by_priority": _in_order(found.backlog["by_priority"], "priority", PRIORITIES)}
    return SupportAnalytics.model_validate(
        _heading(period, tenant_id)
        | _groups(found.groups)
        | {"by_status": _in_order(found.statuses, "status", STATUSES), "by_day": found.days, "backlog": backlog}
    )


def get_sla_analytics(call: Call, period: Period, tenant_id: UUID | None) -> SlaAnalytics:
    found = queries.promise_figures(call.connection, period=period, tenant=tenant_id, now=call.now)
    parts = _heading(period, tenant_id) | _groups(found.groups)
    return SlaAnalytics.model_validate(parts | {"by_day": found.days})


def get_agent_analytics(call: Call, period: Period, tenant_id: UUID | None) -> AgentAnalytics:
    """Of every agent, for who may see that; else the caller's own."""
    own = None if ALL_AGENTS in call.actor.permissions else call.admin_id
    rows = queries.agent_figures(call.connection, period=period, tenant=tenant_id, agent=own, now=call.now)
    agents = [row._asdict() for row in rows]
    return AgentAnalytics.model_validate(_heading(period, tenant_id) | {"agents": agents})


def period(call: Call, first: date | None, last: date | None, time_zone: str) -> Period:
    """Until today, and of thirty days, where not given; Invalid of more than a year."""
    last = last or call.now.astimezone(ZoneInfo(time_zone)).date()
    first = first or last - USUAL + timedelta(days=1)
    if not timedelta() <= last - first < LONGEST:
        raise Invalid.at("#/query/from", f"Give a day of the {LONGEST.days} days up to {last} (to).")
    return Period(first, last, time_zone)


def _heading(period: Period, tenant_id: UUID | None) -> Json:
    zone = {"time_zone": period.zone, "tenant_id": tenant_id}
    return {"first_day": period.first, "last_day": period.last, **zone}


def _groups(rows: list[Json]) -> dict[str, Any]:
    """Without tickets there are no groups but that of all."""
    by_priority = [row for row in rows if row["priority"]]
    return {
        "total": next(row for row in rows if not row["priority"] and not row["category"]),
        "by_priority": _in_order(by_priority, "priority", PRIORITIES),
        "by_category": [row for row in rows if row["category"]],
    }


def _in_order(rows: list[Json], name: str, order: tuple[str, ...]) -> list[Json]:
    return sorted(rows, key=lambda row: order.index(row[name]))

"""Figures over tickets, worked out in the database: of those opened in a period, and of those that wait now.

A clock's state is that of service/clocks.py. Durations are minutes by the wall clock.
"""

from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    DateTime,
    Double,
    Numeric,
    Text,
    case,
    cast,
    extract,
    func,
    literal_column,
    null,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import JSONB

from shared.core import query
from shared.core.tables import Rows, listed
from shared.domains.support.queries.agents import at_work
from shared.domains.support.queries.states import ended_at, runs
from shared.domains.support.rows.analytics import AgentFiguresRow, DeskFiguresRow, Period, PromiseFiguresRow
from shared.domains.support.tables import admins, support_agents, support_tickets

COLUMNS = ("id", "status", "priority", "category", "assigned_to", "rating")
PROMISES = ("first_response", "resolution", "every_promise")


@query.one(DeskFiguresRow)
def desk_figures(*, period: Period, tenant: UUID | None, now: datetime) -> Rows:
    """`groups` are of all tickets, of each priority and of each category; the others have null there."""
    opened, waiting = _opened(period, tenant, now), _of_tenant(_tickets(now).where(runs), tenant).cte("waiting")
    measures = _counts(opened)
    statuses = select(opened.c.status, func.count().label("tickets")).group_by(opened.c.status)
    return select(
        _grouped(opened, measures).label("groups"),
        listed(statuses, "status").label("statuses"),
        listed(_flow(opened, period, tenant), "day").label("days"),
        select(_backlog(waiting)).scalar_subquery().label("backlog"),
    )


@query.one(PromiseFiguresRow)
def promise_figures(*, period: Period, tenant: UUID | None, now: datetime) -> Rows:
    """`groups` as in desk_figures."""
    opened, days = _opened(period, tenant, now), _days(period)
    measures = _kept(opened)
    by_day = select(days.c.day, *measures).select_from(days).outerjoin(opened, opened.c.day == days.c.day)
    return select(_grouped(opened, measures).label("groups"), listed(by_day.group_by(days.c.day), "day").label("days"))


@query.all_(AgentFiguresRow)
def agent_figures(*, period: Period, tenant: UUID | None, agent: UUID | None, now: datetime) -> Rows:
    """Of who has a place at the desk or a ticket, by name."""
    opened = _opened(period, tenant, now)
    held = select(support_tickets.c.assigned_to, func.count().label("tickets")).where(at_work)
    load = held.group_by(support_tickets.c.assigned_to).cte("load")
    who = admins.c.id, admins.c.full_name, support_agents.c.state, support_agents.c.capacity, load.c.tickets
    open_tickets = func.coalesce(load.c.tickets, literal_column("0"))
    resolved = func.count(opened.c.resolution_minutes)
    measures = _counts(opened)
    found = (
        select(
            admins.c.id.label("agent_id"),
            admins.c.full_name,
            support_agents.c.state,
            support_agents.c.capacity,
            open_tickets.label("open_tickets"),
            _share(open_tickets, support_agents.c.capacity).label("load"),
            *measures,
            _share(resolved, func.count(opened.c.id)).label("resolution_rate"),
            _promise(opened, "every_promise").label("every_promise"),
        )
        .select_from(admins)
        .outerjoin(support_agents, support_agents.c.admin_id == admins.c.id)
        .outerjoin(load, load.c.assigned_to == admins.c.id)
        .outerjoin(opened, opened.c.assigned_to == admins.c.id)
    )
    at_the_desk = (column.is_not(None) for column in (support_agents.c.admin_id, load.c.tickets, opened.c.id))
    found = found.where(or_(*at_the_desk)).group_by(*who).order_by(admins.c.full_name, admins.c.id)
    return found if agent is None else found.where(admins.c.id == agent)


def _opened(period: Period, tenant: UUID | None, now: Any) -> CTE:
    """The tickets of the period, each on the day on which it was opened."""
    created_at = support_tickets.c.created_at
    began, over = _midnight(period.first, period), _midnight(cast(period.last, Date) + 1, period)
    found = _tickets(now).add_columns(_day(created_at, period).label("day"))
    return _of_tenant(found.where(created_at >= began, created_at < over), tenant).cte("opened")


def _tickets(now: Any) -> Rows:
    """With how the promises stand, and what is measured."""
    t, moment = support_tickets.c, cast(now, DateTime(timezone=True))
    first_late = t.first_response_due <= func.coalesce(t.first_response_at, ended_at, moment)
    resolution_late = t.resolution_due <= func.coalesce(ended_at, moment)
    next_late = t.next_response_due <= moment
    ended = ended_at.is_not(None)
    return select(
        *(t[name] for name in COLUMNS),
        _state(first_late, or_(t.first_response_at.is_not(None), t.resolved_at.is_not(None)), ended).label(
            "first_response"
        ),
        _state(resolution_late, ended).label("resolution"),
        _state(or_(t.breached, first_late, resolution_late, next_late), ended).label("every_promise"),
        or_(ended, t.rating.is_not(None)).label("asked"),
        (t.reopened > 0).label("reopened"),
        (t.level > 0).label("escalated"),
        _minutes(t.first_response_at, t.created_at).label("first_response_minutes"),
        _minutes(t.resolved_at, t.created_at).label("resolution_minutes"),
        _minutes(moment, t.created_at).label("age"),
        t.created_at,
    )


def _counts(tickets: CTE) -> list[ColumnElement[Any]]:
    asked = func.count(tickets.c.id).filter(tickets.c.asked)
    answered = func.count(tickets.c.rating)
    satisfaction = _object(
        asked=asked, answered=answered, response_rate=_share(answered, asked), mean=_round(func.avg(tickets.c.rating))
    )
    return [
        func.count(tickets.c.id).label("tickets"),
        func.count(tickets.c.id).filter(tickets.c.reopened).label("reopened"),
        _durations(tickets.c.first_response_minutes).label("first_response"),
        _durations(tickets.c.resolution_minutes).label("resolution"),
        satisfaction.label("satisfaction"),
    ]


def _kept(tickets: CTE) -> list[ColumnElement[Any]]:
    return [
        func.count(tickets.c.id).label("tickets"),
        func.count(tickets.c.id).filter(tickets.c.escalated).label("escalated"),
        *(_promise(tickets, name).label(name) for name in PROMISES),
    ]


def _promise(tickets: CTE, name: str) -> ColumnElement[Any]:
    met, breached, running = (
        func.count(tickets.c.id).filter(tickets.c[name] == state) for state in ("met", "breached", "running")
    )
    return _object(met=met, breached=breached, running=running, compliance=_share(met, met + breached))


def _durations(minutes: ColumnElement[Any]) -> ColumnElement[Any]:
    """Of the tickets that have one. Percentiles are interpolated."""
    median, p90 = (func.percentile_cont(literal_column(part)).within_group(minutes) for part in ("0.5", "0.9"))
    return _object(
        tickets=func.count(minutes), mean_minutes=_round(func.avg(minutes)), median_minutes=_round(median),
        p90_minutes=_round(p90),
    )  # fmt: skip


def _grouped(tickets: CTE, measures: list[ColumnElement[Any]]) -> Any:
    sets = func.grouping_sets(tuple_(), tuple_(tickets.c.priority), tuple_(tickets.c.category))
    found = select(tickets.c.priority, tickets.c.category, *measures).group_by(sets)
    return listed(found, "priority", "category")


def _flow(opened: CTE, period: Period, tenant: UUID | None) -> Rows:
    """What was opened on each day, and what ended on it, whenever that was opened."""
    days, day = _days(period), _day(ended_at, period).label("day")
    began, over = _midnight(period.first, period), _midnight(cast(period.last, Date) + 1, period)
    endings = _of_tenant(select(day).where(ended_at >= began, ended_at < over), tenant).subquery("ending")
    ended = select(endings.c.day, func.count().label("tickets")).group_by(endings.c.day).subquery("ended")
    how_many = func.coalesce(ended.c.tickets, literal_column("0")).label("ended")
    found = select(days.c.day, func.count(opened.c.id).label("opened"), how_many).select_from(days)
    found = found.outerjoin(opened, opened.c.day == days.c.day).outerjoin(ended, ended.c.day == days.c.day)
    return found.group_by(days.c.day, ended.c.tickets)


def _backlog(waiting: CTE) -> ColumnElement[Any]:
    priorities = select(waiting.c.priority, func.count().label("tickets")).group_by(waiting.c.priority)
    return _object(
        tickets=func.count(waiting.c.id),
        unassigned=func.count(waiting.c.id).filter(waiting.c.assigned_to.is_(None)),
        breached=func.count(waiting.c.id).filter(waiting.c.every_promise == "breached"),
        oldest_at=func.min(waiting.c.created_at),
        age=_durations(waiting.c.age),
        by_priority=listed(priorities, "priority"),
    )


def _days(period: Period) -> Any:
    first, last = (cast(cast(day, Date), DateTime) for day in (period.first, period.last))
    midnight = func.generate_series(first, last, literal_column("interval '1 day'")).column_valued("midnight")
    return select(cast(midnight, Date).label("day")).subquery("days")


def _of_tenant(tickets: Rows, tenant: UUID | None) -> Rows:
    return tickets if tenant is None else tickets.where(support_tickets.c.tenant_id == tenant)


def _day(moment: Any, period: Period) -> ColumnElement[Any]:
    return cast(func.timezone(cast(period.zone, Text), moment), Date)


def _midnight(day: Any, period: Period) -> ColumnElement[Any]:
    return func.timezone(cast(period.zone, Text), cast(cast(day, Date), DateTime))


def _minutes(moment: Any, since: Any) -> ColumnElement[Any]:
    return cast(extract("epoch", moment - since) / literal_column("60"), Double)


def _state(late: Any, done: Any, over: Any = None) -> ColumnElement[Any]:
    """Where a moment is null its clock stands still: it is not late. What is `over` though not done, as a ticket that
    its requester has withdrawn before the first answer, counts nowhere."""
    withdrawn = [] if over is None else [(over, null())]
    return case((late, "breached"), (done, "met"), *withdrawn, else_="running")


def _share(part: Any, whole: Any) -> ColumnElement[Any]:
    return func.round(cast(part, Numeric) / func.nullif(whole, literal_column("0")), literal_column("4"))


def _round(value: Any) -> ColumnElement[Any]:
    return func.round(cast(value, Numeric), literal_column("2"))


def _object(**parts: Any) -> ColumnElement[Any]:
    named = chain.from_iterable((literal_column(f"'{name}'"), part) for name, part in parts.items())
    return func.jsonb_build_object(*named, type_=JSONB)

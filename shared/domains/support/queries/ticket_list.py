"""The list of tickets: what is wanted of them, as the JSON that the answer shows."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    ScalarSelect,
    Text,
    Uuid,
    and_,
    cast,
    func,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from shared.core import query
from shared.core.paging import After
from shared.core.query import Nullable
from shared.core.tables import Rows, newest_first
from shared.domains.support.queries.messages import seen
from shared.domains.support.queries.states import is_late, state
from shared.domains.support.rows.tickets import Desk, ListedRow, Wanted
from shared.domains.support.schemas.tickets import Ticket
from shared.domains.support.tables import support_tickets, tenants

ENGLISH: ColumnElement[str] = literal_column("'english'::regconfig")


@query.one(ListedRow)
def tickets_page(
    *,
    requester: Nullable[UUID],
    desk: Desk | None,
    text: str | None,
    wanted: Wanted | None,
    after: After | None,
    now: datetime,
    limit: int,
    offset: int,
) -> Rows:
    """Newest first. `text` is looked for by its words."""
    found = select(*_as_shown(now)).where(_is_or_any(support_tickets.c.user_id, requester), *seen(None, desk))
    if wanted is not None:
        found = found.where(*_is_wanted(wanted, now))
    if text is not None:
        sought = func.websearch_to_tsquery(ENGLISH, cast(text, Text))
        found = found.where(support_tickets.c.words.bool_op("@@")(sought))
    found = newest_first(found, support_tickets.c.created_at, support_tickets.c.id, after, limit)
    page = found.offset(offset).subquery("page")
    in_order = aggregate_order_by(page.table_valued(), page.c.created_at.desc(), page.c.id.desc())
    return select(func.coalesce(cast(func.json_agg(in_order), Text), "[]").label("tickets"))


def _as_shown(now: Any) -> list[ColumnElement[Any]]:
    """What schemas.tickets.Ticket has."""
    beside = {
        "requester": _object(id=support_tickets.c.user_id, full_name=support_tickets.c.requester_name),
        "sla": _object(state=state(now, _word), breached=is_late(now), level=support_tickets.c.level),
    }
    return [beside[name].label(name) if name in beside else support_tickets.c[name] for name in Ticket.model_fields]


def _object(**parts: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.json_build_object(*(each for name, part in parts.items() for each in (_word(name), part)))


def _word(text: str) -> ColumnElement[str]:
    return literal_column(f"'{text}'")


def _is_wanted(wanted: Wanted, now: Any) -> list[ColumnElement[bool]]:
    first, last = cast(wanted.first_day, Date), cast(wanted.last_day, Date)
    return [
        _is_or_any(support_tickets.c.status, wanted.status),
        _is_or_any(support_tickets.c.priority, wanted.priority),
        _is_or_any(support_tickets.c.category, wanted.category),
        _is_or_any(support_tickets.c.assigned_to, wanted.agent),
        _is_or_any(support_tickets.c.assigned_to.is_(None), wanted.unassigned),
        _is_or_any(support_tickets.c.tenant_id, wanted.tenant),
        _is_late_or_not(now, wanted.breached),
        or_(first.is_(None), support_tickets.c.created_at >= _midnight(wanted.tenant_of_days, first)),
        or_(last.is_(None), support_tickets.c.created_at < _midnight(wanted.tenant_of_days, last + 1)),
    ]


def _is_late_or_not(now: Any, wanted: Any) -> ColumnElement[bool]:
    """Whether a promise was broken, also where nobody has noticed yet: then the sweep is due."""
    waits = support_tickets.c.first_response_at.is_(None) & (support_tickets.c.first_response_due <= now)
    broken = or_(waits, *(support_tickets.c[name] <= now for name in ("next_response_due", "resolution_due")))
    late = or_(support_tickets.c.breached, and_(support_tickets.c.sweep_at <= now, broken))
    given = cast(wanted, Boolean)
    return or_(given.is_(None), and_(given, late), and_(~given, late.is_not(true())))


def _is_or_any(wanted: Any, value: Any) -> ColumnElement[bool]:
    given = cast(value, wanted.type)
    return or_(given.is_(None), wanted == given)


def _midnight(tenant: Any, day: Any) -> ScalarSelect[Any]:
    """When a day begins in the tenant's zone: looked up once, so that the index on the moment serves."""
    zone = select(tenants.c.time_zone).where(tenants.c.id == cast(tenant, Uuid)).scalar_subquery()
    return select(func.timezone(func.coalesce(zone, "UTC"), cast(cast(day, Date), DateTime))).scalar_subquery()

"""Statements on tickets. Row-level security keeps a user's to his tenant; who sees which within it is said here."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    DateTime,
    Insert,
    Integer,
    ScalarSelect,
    Text,
    Update,
    Uuid,
    cast,
    extract,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import insert

from shared.core import query
from shared.core.query import Nullable
from shared.core.tables import Rows, as_json, listed, one_of, recordset
from shared.domains.support.queries.agents import works
from shared.domains.support.queries.messages import OF_ATTACHMENT, recent_messages, seen
from shared.domains.support.rows.agents import Workers
from shared.domains.support.rows.tickets import BESIDE, Desk, Json, NewTicketRow, ShownRow, TicketRow
from shared.domains.support.tables import (
    admins,
    sla_rules,
    support_attachments,
    support_calendars,
    support_counters,
    support_pauses,
    support_tickets,
    tenant_users,
    tenants,
    users,
)

KEPT = tuple(name for name in TicketRow._fields if name not in BESIDE)
FIXED = "id", "tenant_id", "number", "user_id", "requester_name", "opened_by", "subject", "description", "created_at"
OF_RULE = (
    "first_response", "resolution", "escalate_after", "pauses_on_waiting_user", "return_after", "close_after_days",
)  # fmt: skip


@query.maybe(NewTicketRow)
def number_ticket(*, requester: UUID, priority: str, category: str, now: datetime) -> Rows:
    """Take the next number of the year, in its zone, of the tenant that the requester is in; none for a stranger.

    The counter's row stays locked to the end of the transaction: what fails after this leaves no gap.
    """
    year = cast(extract("year", func.timezone(tenants.c.time_zone, cast(now, DateTime(timezone=True)))), Integer)
    first = select(tenants.c.id, year, cast(1, Integer)).join_from(
        tenant_users, tenants, tenants.c.id == tenant_users.c.tenant_id
    )
    counted = insert(support_counters).from_select(
        ["tenant_id", "year", "last_number"], first.where(tenant_users.c.user_id == requester)
    )
    counter = (
        counted.on_conflict_do_update(
            index_elements=["tenant_id", "year"], set_={"last_number": support_counters.c.last_number + 1}
        )
        .returning(support_counters.c.tenant_id, support_counters.c.year, support_counters.c.last_number)
        .cte("counter")
    )
    name = select(users.c.full_name).where(users.c.id == requester).scalar_subquery()
    return select(
        counter.c.tenant_id, counter.c.year, counter.c.last_number.label("number"), name.label("requester_name"),
        promised(cast(priority, Text), cast(category, Text)).label("rule"),
    )  # fmt: skip


@query.later
def add_ticket(*, ticket: Json) -> Insert:
    """Its keys are the columns."""
    given = _given(ticket)
    return support_tickets.insert().from_select(KEPT, select(*(given.c[name] for name in KEPT)))


@query.later
def lock_ticket(*, id: UUID) -> Rows:
    """To the end of the transaction; before the statement that reads it, which then sees what another has written."""
    return select(support_tickets.c.id).where(support_tickets.c.id == id).with_for_update(key_share=True)


@query.maybe(TicketRow)
def ticket_to_change(
    *,
    id: UUID,
    requester: UUID | None,
    desk: Desk | None,
    caller: Nullable[UUID],
    priority: Nullable[str],
    category: Nullable[str],
    agent: Nullable[UUID],
    workers: Workers,
    attachments: list[UUID],
    attached_since: datetime,
) -> Rows:
    """With the promise for its priority and category, or for those that it is given; and the agent, if he is one."""
    beside = {
        "pauses": pauses(),
        "rule": promised(
            func.coalesce(cast(priority, Text), support_tickets.c.priority),
            func.coalesce(cast(category, Text), support_tickets.c.category),
        ),
        "caller_name": func.coalesce(
            *(
                select(who.c.full_name).where(who.c.id == cast(caller, Uuid)).scalar_subquery()
                for who in (users, admins)
            )
        ),
        "agent_name": select(admins.c.full_name)
        .where(admins.c.id == cast(agent, Uuid), works(workers))
        .scalar_subquery(),
        "offered": _offered(caller, attachments, attached_since),
    }
    shown = (beside[name].label(name) if name in beside else support_tickets.c[name] for name in TicketRow._fields)
    return select(*shown).where(support_tickets.c.id == id, *seen(requester, desk))


@query.later
def save_ticket(*, ticket: Json, survey: Nullable[bytes]) -> Update:
    """All that may change of it; `survey` is the digest of a new link, in place of an older one."""
    given = _given(ticket)
    values: dict[str, Any] = {name: given.c[name] for name in KEPT if name not in FIXED}
    values["survey_digest"] = func.coalesce(survey, support_tickets.c.survey_digest)
    return support_tickets.update().where(support_tickets.c.id == given.c.id).values(values)


@query.later
def add_pause(
    *, id: UUID, tenant: UUID, ticket: UUID, starts: datetime, ends: Nullable[datetime], cause: str
) -> Insert:
    return support_pauses.insert().values(
        id=id, tenant_id=tenant, ticket_id=ticket, starts=starts, ends=ends, cause=cause
    )


@query.later
def end_pause(*, ticket: UUID, now: datetime) -> Update:
    """Not before it began: who waited for the ticket has an older `now`."""
    standing = support_pauses.c.ticket_id == ticket, support_pauses.c.ends.is_(None)
    later = func.greatest(support_pauses.c.starts, cast(now, DateTime(timezone=True)))
    return support_pauses.update().where(*standing).values(ends=later)


@query.maybe(ShownRow)
def ticket_by_id(*, id: UUID, requester: UUID | None, desk: Desk | None, most: int) -> Rows:
    """With its last messages."""
    columns = (support_tickets.c[name] for name in ShownRow._fields[:-1])
    found = select(*columns, recent_messages(most).label("messages"))
    return found.where(support_tickets.c.id == id, *seen(requester, desk))


def promised(priority: Any, category: Any) -> ScalarSelect[Any]:
    """The one of the category, else of all categories, with its calendar."""
    hours = select(*(support_calendars.c[name] for name in ("time_zone", "hours", "holidays")))
    calendar = as_json(hours.where(support_calendars.c.id == sla_rules.c.calendar_id).correlate(sla_rules))
    either = or_(sla_rules.c.category == category, sla_rules.c.category.is_(None))
    terms = select(*(sla_rules.c[name] for name in OF_RULE), calendar.label("calendar"))
    fits = terms.where(sla_rules.c.priority == priority, either).order_by(sla_rules.c.category.nulls_last()).limit(1)
    return as_json(fits.correlate(support_tickets))


def pauses() -> ScalarSelect[Any]:
    mine = select(*(support_pauses.c[name] for name in ("starts", "ends", "cause")))
    return listed(mine.where(support_pauses.c.ticket_id == support_tickets.c.id).correlate(support_tickets), "starts")


def _offered(caller: Any, ids: Any, since: Any) -> ScalarSelect[Any]:
    """Of these attachments those that the caller has uploaded for the ticket since, and which are in no message yet."""
    mine = select(*(support_attachments.c[name] for name in OF_ATTACHMENT)).where(
        support_attachments.c.ticket_id == support_tickets.c.id,
        support_attachments.c.message_id.is_(None),
        support_attachments.c.uploaded_by == cast(caller, Uuid),
        support_attachments.c.created_at > since,
        one_of(support_attachments.c.id, ids),
    )
    return listed(mine.correlate(support_tickets), "id")


def _given(ticket: Any) -> Any:
    return recordset(func.jsonb_build_array(ticket), *(support_tickets.c[name] for name in KEPT))

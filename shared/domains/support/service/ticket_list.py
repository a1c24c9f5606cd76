"""The list of tickets."""

from datetime import date
from uuid import UUID

from pydantic import TypeAdapter

from shared.core import paging
from shared.core.call import Call
from shared.core.errors import Invalid
from shared.core.paging import Page
from shared.domains.support.queries import ticket_list as queries
from shared.domains.support.rows.tickets import Wanted
from shared.domains.support.rules.tickets import Category, Priority, Status
from shared.domains.support.schemas.tickets import Ticket
from shared.domains.support.service import access

TICKETS = TypeAdapter(list[Ticket])


def list_tickets(
    call: Call,
    *,
    status: Status | None,
    priority: Priority | None,
    category: Category | None,
    assigned_to: UUID | None,
    unassigned: bool | None,
    tenant_id: UUID | None,
    text: str | None,
    breached: bool | None,
    from_date: date | None,
    to_date: date | None,
    page: int | None,
    limit: int,
    cursor: str | None,
) -> Page[Ticket]:
    """Newest first; days are the tenant's, of an admin's list UTC's, and included."""
    if page is not None and cursor is not None:
        raise Invalid.at("#/query/page", "Give either a page or a cursor.")
    asked = status, priority, category, assigned_to, unassigned, tenant_id, breached, from_date, to_date
    wanted = Wanted(*asked, call.actor.tenant_id) if any(value is not None for value in asked) else None
    found = queries.tickets_page(
        call.connection,
        requester=access.requester(call),
        desk=access.desk(call),
        text=text,
        wanted=wanted,
        after=paging.after(cursor),
        now=call.now,
        limit=limit + 1,
        offset=limit * ((page or 1) - 1),
    )
    return paging.page(TICKETS.validate_json(found.tickets), limit, lambda ticket: ticket)

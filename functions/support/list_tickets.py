"""List tickets, newest first.

`q` is looked for in number, subject, description and public messages, by words. Days are the tenant's (of the
platform's staff, UTC) and included. A user sees his own, owner and admin of a tenant all of it; staff see what is
assigned to them, to nobody or was escalated, who only looks what anybody has, and who may view all, all.
"""

from uuid import UUID

from shared.core.paging import Cursor, Limit, Page
from shared.domains.support.schemas.tickets import (
    PageNumber,
    Ticket,
    TicketCategory,
    TicketDay,
    TicketPriority,
    TicketStatus,
    WordsSought,
)
from shared.domains.support.service import ticket_list
from shared.entry.http import Api

api = Api(audience="both", scope="support:read", permission="list_tickets")


@api.get("/api/support/tickets")
def list_tickets(
    status: TicketStatus | None = None, priority: TicketPriority | None = None, category: TicketCategory | None = None,
    assigned_to: UUID | None = None, unassigned: bool | None = None, tenant_id: UUID | None = None,
    q: WordsSought | None = None, breached: bool | None = None, from_: TicketDay | None = None,
    to: TicketDay | None = None, page: PageNumber | None = None, limit: Limit = 20, cursor: Cursor | None = None,
) -> Page[Ticket]:  # fmt: skip
    return ticket_list.list_tickets(
        api.call, status=status, priority=priority, category=category, assigned_to=assigned_to, unassigned=unassigned,
        tenant_id=tenant_id, text=q, breached=breached, from_date=from_, to_date=to, page=page, limit=limit,
        cursor=cursor,
    )  # fmt: skip


handler = api.handler

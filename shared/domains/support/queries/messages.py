"""Statements on what is said in a ticket. Internal notes are rows that row-level security keeps from users."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Insert,
    ScalarSelect,
    Update,
    and_,
    cast,
    or_,
    select,
)

from shared.core import query
from shared.core.paging import After
from shared.core.query import Nullable
from shared.core.tables import Rows, listed, oldest_first, one_of
from shared.domains.support.rows.tickets import Desk, MessagesRow
from shared.domains.support.tables import support_attachments, support_messages, support_tickets

SHOWN = ("id", "sender", "sender_id", "sender_name", "message", "is_internal", "created_at")
OF_ATTACHMENT = ("id", "filename", "content_type", "size", "state")
IN_ORDER = "created_at", "id"

place = support_messages.c.created_at, support_messages.c.id


@query.later
def add_message(
    *,
    id: UUID,
    tenant: UUID,
    ticket: UUID,
    sender: str,
    sender_id: Nullable[UUID],
    sender_name: Nullable[str],
    message: str,
    is_internal: bool,
    now: datetime,
) -> Insert:
    return support_messages.insert().values(
        id=id, tenant_id=tenant, ticket_id=ticket, sender=sender, sender_id=sender_id, sender_name=sender_name,
        message=message, is_internal=is_internal, created_at=now,
    )  # fmt: skip


@query.later
def attach(*, message: UUID, attachments: list[UUID], is_internal: bool) -> Update:
    """Files that were uploaded become part of a message, and as public as that is."""
    mine = one_of(support_attachments.c.id, attachments), support_attachments.c.message_id.is_(None)
    return support_attachments.update().where(*mine).values(message_id=message, is_internal=is_internal)


@query.maybe(MessagesRow)
def messages_page(*, ticket: UUID, requester: UUID | None, desk: Desk | None, after: After | None, limit: int) -> Rows:
    """Oldest first; no row where there is no such ticket."""
    found = _messages()
    page = listed(oldest_first(found, *place, after, limit), *IN_ORDER).label("messages")
    return select(page).where(support_tickets.c.id == ticket, *seen(requester, desk))


def recent_messages(most: int) -> ScalarSelect[Any]:
    """The last ones of the ticket of the statement, oldest first."""
    return listed(_messages().order_by(*(part.desc() for part in place)).limit(most), *IN_ORDER)


def seen(requester: UUID | None, desk: Desk | None) -> list[ColumnElement[bool]]:
    """The tickets of one requester, or of one desk; without either, every one."""
    found = []
    if requester is not None:
        found.append(support_tickets.c.user_id == requester)
    if desk is not None:
        to_take = or_(support_tickets.c.assigned_to.is_(None), support_tickets.c.level > 0)
        taken = support_tickets.c.assigned_to.is_not(None)
        found.append(
            or_(
                support_tickets.c.assigned_to == desk.admin,
                and_(cast(desk.queue, Boolean), to_take),
                and_(cast(desk.watches, Boolean), taken),
            )
        )
    return found


def _messages() -> Rows:
    shown = select(*(support_attachments.c[name] for name in OF_ATTACHMENT))
    files = shown.where(support_attachments.c.message_id == support_messages.c.id).correlate(support_messages)
    attachments = listed(files, "id").label("attachments")
    mine = support_messages.c.ticket_id == support_tickets.c.id
    return select(*(support_messages.c[name] for name in SHOWN), attachments).where(mine).correlate(support_tickets)

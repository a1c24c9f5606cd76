"""What is said in a ticket: who has answered waits for the other, and notes change nothing."""

from collections.abc import Sequence
from typing import Literal, cast
from uuid import UUID

from shared.core import paging
from shared.core.call import Call
from shared.core.errors import Forbidden
from shared.core.paging import Page
from shared.domains.support.errors import AttachmentNotOffered, TicketIsClosed, TicketNotFound
from shared.domains.support.events import MessagePosted
from shared.domains.support.queries import messages as queries
from shared.domains.support.rows.tickets import TicketRow
from shared.domains.support.rules.tickets import Status, may_reply, status_after_message
from shared.domains.support.schemas.messages import TicketMessage, TicketMessageIn
from shared.domains.support.service import access, changes


def post_message(call: Call, ticket_id: UUID, given: TicketMessageIn) -> TicketMessage:
    """An answer, or a note between staff. AttachmentNotOffered; TicketIsClosed for an answer, a note it still takes."""
    by_staff = call.actor.is_admin
    if given.is_internal and not by_staff:
        raise Forbidden("only the platform's staff write internal notes")
    wanted = list(dict.fromkeys(given.attachment_ids))
    ticket = changes.to_change(call, ticket_id, attachments=wanted)
    if not (given.is_internal or may_reply(cast(Status, ticket.status))):
        raise TicketIsClosed
    if len(ticket.offered) < len(wanted):
        raise AttachmentNotOffered.named_in_body()
    sender: Literal["support", "user"] = "support" if by_staff else "user"
    ticket, id = post(call, ticket, given.message, sender, is_internal=given.is_internal, attachments=wanted)
    return TicketMessage.model_validate(
        {
            "id": id, "sender": sender, "sender_id": access.caller(call), "sender_name": ticket.caller_name,
            "message": given.message, "is_internal": given.is_internal, "created_at": call.now,
            "attachments": ticket.offered,
        }
    )  # fmt: skip


def post(
    call: Call,
    ticket: TicketRow,
    message: str,
    sender: Literal["support", "user"],
    *,
    is_internal: bool = False,
    attachments: Sequence[UUID] = (),
) -> tuple[TicketRow, UUID]:
    """Into a ticket that the caller has locked: the ticket as it is saved then, and the id of the message."""
    id = changes.say(call, ticket, message, sender=sender, is_internal=is_internal, attachments=attachments)
    if not is_internal:
        ticket = _answered(call, ticket) if sender == "support" else _asked(call, ticket)
    ticket = changes.save(call, ticket)
    posted = MessagePosted(
        ticket_id=ticket.id, number=ticket.number, message_id=id, sender=sender, is_internal=is_internal,
        attachment_ids=list(attachments),
    )  # fmt: skip
    changes.tell(call, ticket, posted)
    return ticket, id


def list_messages(call: Call, ticket_id: UUID, limit: int, cursor: str | None) -> Page[TicketMessage]:
    """Oldest first; TicketNotFound."""
    found = queries.messages_page(
        call.connection,
        ticket=ticket_id,
        requester=access.requester(call),
        desk=access.desk(call),
        after=paging.after(cursor),
        limit=limit + 1,
    )
    if found is None:
        raise TicketNotFound
    listed = [TicketMessage.model_validate(message) for message in found.messages]
    return paging.page(listed, limit, lambda message: message)


def _answered(call: Call, ticket: TicketRow) -> TicketRow:
    """By support: it is the requester's turn, and the clocks of answers end; that of the first one has ended already
    where the ticket is resolved: what is said afterwards does not make it late."""
    ticket = _moved(call, ticket, by_staff=True)
    first = ticket.first_response_at or ticket.resolved_at or call.now
    return ticket._replace(first_response_at=first, next_response_since=None)


def _asked(call: Call, ticket: TicketRow) -> TicketRow:
    """By a user: it is support's turn."""
    return changes.waits_for_answer(call, _moved(call, ticket, by_staff=False))


def _moved(call: Call, ticket: TicketRow, *, by_staff: bool) -> TicketRow:
    to = status_after_message(cast(Status, ticket.status), "support" if by_staff else "user", is_internal=False)
    return ticket if to == ticket.status else changes.move(call, ticket, to)

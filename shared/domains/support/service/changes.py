"""Every change of a ticket: lock and read it, say what happens to it, save it with what follows from that.

    ticket = changes.to_change(call, id)
    ticket = changes.move(call, ticket, "resolved")
    changes.save(call, ticket)

One round trip to read, none to save: that travels with the commit.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from shared.core import keyed, outbox
from shared.core.call import Call
from shared.core.errors import Invalid
from shared.core.ids import new_id
from shared.domains.support import events
from shared.domains.support.errors import TicketHasEnded, TicketMoveRefused, TicketNotFound
from shared.domains.support.queries import messages, tickets
from shared.domains.support.rows.tickets import TicketRow
from shared.domains.support.rules.attachments import NAMED_WITHIN
from shared.domains.support.rules.tickets import ENDED, MOVES, SHORTEST_CLOSING_NOTE, Sender, Status, may_move
from shared.domains.support.service import access, clocks


def to_change(
    call: Call,
    id: UUID,
    *,
    priority: str | None = None,
    category: str | None = None,
    agent: UUID | None = None,
    attachments: Sequence[UUID] = (),
) -> TicketRow:
    """The ticket, locked to the end of the transaction; TicketNotFound. See TicketRow for what the others add to it."""
    tickets.lock_ticket(call.connection, id=id)
    ticket = tickets.ticket_to_change(
        call.connection,
        id=id,
        requester=access.requester(call),
        desk=access.desk(call),
        caller=access.caller(call),
        priority=priority,
        category=category,
        agent=agent,
        workers=access.WORKERS,
        attachments=list(attachments),
        attached_since=call.now - NAMED_WITHIN,
    )
    if ticket is None:
        raise TicketNotFound
    ticket, noticed = clocks.noticed(ticket, call.now)
    for event in noticed:
        outbox.announce(call, event, tenant_id=ticket.tenant_id)
    return ticket


def save(call: Call, ticket: TicketRow, *, survey: UUID | None = None) -> TicketRow:
    """With its clocks. Deferred. `survey` is the id of a new link by which it is rated."""
    turn = ticket.assigned_to is not None and ticket.status in ("open", "in_progress")
    ticket = ticket._replace(updated_at=call.now, silent_since=(ticket.silent_since or call.now) if turn else None)
    ticket = clocks.recomputed(ticket, call.now)
    digest = keyed.link_digest(survey) if survey else None
    tickets.save_ticket(call.connection, ticket=ticket.columns, survey=digest)
    return ticket


def move(call: Call, ticket: TicketRow, to: Status) -> TicketRow:
    """Into another state, with what that means for its pauses and stamps; TicketMoveRefused, of who stays too."""
    before = cast(Status, ticket.status)
    if not may_move(before, to):
        raise TicketMoveRefused.of(before, to, MOVES[before])
    if before == "waiting_user":
        ticket = _end_pause(call, ticket)
    if to == "waiting_user":
        ticket = _add_pause(call, ticket, call.now, None, "waiting_user")
    if before == "resolved" and to == "in_progress":
        ticket = _reopened(call, ticket)
    if to in ENDED:
        ticket = ticket._replace(next_response_since=None)
    if to == "resolved":
        ticket = ticket._replace(resolved_at=call.now, resolved_by=access.caller(call))
    if to == "closed":
        ticket = ticket._replace(closed_at=call.now, closed_by=access.caller(call))
    return ticket._replace(status=to)


def end(call: Call, ticket: TicketRow, to: Status, note: str | None) -> TicketRow:
    """Resolve or close it, say so in its conversation, and ask to mail the link by which it is rated: once, where it is
    resolved and closed later. Saved."""
    if note and to == "closed" and call.actor.is_admin and len(note) < SHORTEST_CLOSING_NOTE:
        raise Invalid.at("#/note", f"Tell in at least {SHORTEST_CLOSING_NOTE} characters why it is closed.")
    first_end = ticket.status != "resolved"
    ticket = move(call, ticket, to)
    ticket = ticket._replace(resolution_note=note or ticket.resolution_note)
    who, how = f" by {ticket.caller_name}" if ticket.caller_name else "", f": {note}" if note else "."
    say(call, ticket, f"{to.capitalize()}{who}{how}")
    link_id = new_id(call.now) if first_end else None
    ticket = save(call, ticket, survey=link_id)
    if to == "closed":
        tell(call, ticket, events.TicketClosed(ticket_id=ticket.id, number=ticket.number, link_id=link_id))
    elif link_id:
        tell(call, ticket, events.TicketResolved(ticket_id=ticket.id, number=ticket.number, link_id=link_id))
    return ticket


def assign(call: Call, ticket: TicketRow, agent: UUID | None) -> TicketRow:
    """To somebody, or to nobody: back into the queue. TicketHasEnded."""
    if ticket.status in ENDED:
        raise TicketHasEnded(current=ticket.status)
    if agent == ticket.assigned_to:
        return ticket
    before = ticket.assigned_to
    ticket = ticket._replace(
        assigned_to=agent,
        assigned_at=call.now if agent else None,
        returned_by=None if agent else before,
        silent_since=None,
    )
    if agent is None:
        tell(call, ticket, events.TicketReturned(ticket_id=ticket.id, number=ticket.number, agent_id=before))
        return ticket
    tell(call, ticket, events.TicketAssigned(ticket_id=ticket.id, number=ticket.number, agent_id=agent))
    return move(call, ticket, "in_progress") if ticket.status == "open" else ticket


def waits_for_answer(call: Call, ticket: TicketRow) -> TicketRow:
    """The requester has said something: the next answer's clock starts, unless it runs or the first one is due."""
    if ticket.first_response_at is None or ticket.next_response_since:
        return ticket
    raised = [name for name in ticket.raised if not name.startswith("next_response")]  # once per wait
    return ticket._replace(next_response_since=call.now, raised=raised)


def say(
    call: Call,
    ticket: TicketRow,
    message: str,
    *,
    sender: Sender = "system",
    is_internal: bool = False,
    attachments: Sequence[UUID] = (),
) -> UUID:
    """Write into its conversation. Deferred."""
    id, by_somebody = new_id(call.now), sender != "system"
    messages.add_message(
        call.connection,
        id=id,
        tenant=ticket.tenant_id,
        ticket=ticket.id,
        sender=sender,
        sender_id=access.caller(call) if by_somebody else None,
        sender_name=ticket.caller_name if by_somebody else None,
        message=message,
        is_internal=is_internal,
        now=call.now,
    )
    if attachments:
        messages.attach(call.connection, message=id, attachments=list(attachments), is_internal=is_internal)
    return id


def tell(call: Call, ticket: TicketRow, event: events.TicketEvent) -> None:
    """Announce it, of the ticket's tenant."""
    outbox.announce(call, event, tenant_id=ticket.tenant_id)


def _reopened(call: Call, ticket: TicketRow) -> TicketRow:
    if ticket.resolved_at:
        ticket = _add_pause(call, ticket, ticket.resolved_at, max(call.now, ticket.resolved_at), "resolved")
    tell(call, ticket, events.TicketReopened(ticket_id=ticket.id, number=ticket.number))
    agent = ticket.assigned_to
    if call.actor.is_admin and agent and agent != call.admin_id:  # a user's message tells him
        tell(call, ticket, events.TicketAssigned(ticket_id=ticket.id, number=ticket.number, agent_id=agent))
    ticket = clocks.promised_anew(ticket)
    return ticket._replace(resolved_at=None, resolved_by=None, resolution_note=None, reopened=ticket.reopened + 1)


def _add_pause(call: Call, ticket: TicketRow, starts: datetime, ends: datetime | None, cause: str) -> TicketRow:
    tickets.add_pause(
        call.connection,
        id=new_id(call.now),
        tenant=ticket.tenant_id,
        ticket=ticket.id,
        starts=starts,
        ends=ends,
        cause=cause,
    )
    pause = {"starts": starts.isoformat(), "ends": ends and ends.isoformat(), "cause": cause}
    return ticket._replace(pauses=[*ticket.pauses, pause])


def _end_pause(call: Call, ticket: TicketRow) -> TicketRow:
    tickets.end_pause(call.connection, ticket=ticket.id, now=call.now)
    at = call.now.isoformat()  # both are UTC's, so the later one is the greater text
    ended = [pause | {"ends": pause["ends"] or max(at, pause["starts"])} for pause in ticket.pauses]
    return ticket._replace(pauses=ended)

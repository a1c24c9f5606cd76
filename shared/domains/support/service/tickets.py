"""Tickets: opened, found, read, changed by who works on them."""

from typing import Any
from uuid import UUID

from shared.core.call import Call
from shared.core.errors import Forbidden, Invalid
from shared.core.ids import new_id
from shared.domains.support.errors import (
    AgentNotFound,
    RequesterNotFound,
    TicketIsClosed,
    TicketNotFound,
    TicketNotResolved,
)
from shared.domains.support.events import TicketCreated
from shared.domains.support.queries import tickets as queries
from shared.domains.support.rows.tickets import ShownRow, TicketRow
from shared.domains.support.rules.terms import default_terms
from shared.domains.support.rules.tickets import (
    ENDED,
    automatic_priority,
    ticket_number,
)
from shared.domains.support.schemas.tickets import Ticket, TicketChanges, TicketDetail, TicketIn
from shared.domains.support.service import access, changes, clocks, messages

MOST_MESSAGES = 100  # with a ticket; the others are in its list of messages


def open_ticket(call: Call, given: TicketIn) -> Ticket:
    """The caller's own, or that of somebody for whom he may: RequesterNotFound."""
    requester, only = given.requester_id or call.actor.user_id, access.requester(call)
    if requester is None:
        raise Invalid.at("#/requester_id", "Give the id of the user whose ticket it is.")
    if only and requester != only:
        raise RequesterNotFound.named_in_body()
    priority = given.priority or automatic_priority(given.subject, given.description, given.category)
    place = queries.number_ticket(
        call.connection, requester=requester, priority=priority, category=given.category, now=call.now
    )
    if place is None:
        raise RequesterNotFound.named_in_body()
    caller = access.caller(call)
    ticket = TicketRow.new(
        id=new_id(call.now),
        tenant_id=place.tenant_id,
        number=ticket_number(place.year, place.number),
        user_id=requester,
        requester_name=place.requester_name,
        opened_by=caller if caller != requester else None,
        subject=given.subject,
        description=given.description,
        category=given.category,
        priority=priority,
        status="open",
        created_at=call.now,
        updated_at=call.now,
        terms=place.rule or default_terms(priority),
    )
    ticket = clocks.recomputed(ticket, call.now)
    queries.add_ticket(call.connection, ticket=ticket.columns)
    changes.tell(call, ticket, TicketCreated(ticket_id=ticket.id, number=ticket.number))
    return shown(call, ticket)


def get_ticket(call: Call, id: UUID) -> TicketDetail:
    """With its conversation; TicketNotFound."""
    row = queries.ticket_by_id(
        call.connection, id=id, requester=access.requester(call), desk=access.desk(call), most=MOST_MESSAGES
    )
    if row is None:
        raise TicketNotFound
    return TicketDetail.model_validate({**_fields(call, row), "messages": row.messages})


def change_ticket(call: Call, id: UUID, given: TicketChanges) -> Ticket:
    """By who works on it. TicketMoveRefused, AgentNotFound, TicketHasEnded; TicketIsClosed, which never changes.

    What has ended keeps the promises it was held to; another priority or category counts once it is re-opened.
    """
    _check_permissions(call, given)
    ticket = changes.to_change(call, id, priority=given.priority, category=given.category, agent=given.assigned_to)
    if ticket.status == "closed":
        raise TicketIsClosed
    ticket = ticket._replace(
        category=given.category or ticket.category,
        priority=given.priority or ticket.priority,
        tags=ticket.tags if given.tags is None else list(dict.fromkeys(given.tags)),
    )
    to = given.status if given.status != ticket.status else None
    if to and clocks.has_ended(ticket) and to not in ENDED:  # first, so that it can be assigned
        ticket = changes.move(call, ticket, to)
    if (given.category or given.priority) and not clocks.has_ended(ticket):
        ticket = clocks.promised_anew(ticket)
    if "assigned_to" in given.model_fields_set and given.assigned_to != ticket.assigned_to:
        ticket = _assigned(call, ticket, given.assigned_to, "#/assigned_to")
    if to in ENDED:
        return shown(call, changes.end(call, ticket, to, given.note))
    if given.note and given.status not in ENDED:
        raise Invalid.at("#/note", "A note tells how a ticket was resolved: send the status too.")
    if to and to != ticket.status:  # to be assigned begins the work, too
        ticket = changes.move(call, ticket, to)
    return shown(call, changes.save(call, ticket._replace(resolution_note=given.note or ticket.resolution_note)))


def assign_ticket(call: Call, id: UUID, agent_id: UUID) -> Ticket:
    """To somebody who works on tickets; AgentNotFound, TicketHasEnded."""
    ticket = changes.to_change(call, id, agent=agent_id)
    return shown(call, changes.save(call, _assigned(call, ticket, agent_id, "#/agent_id")))


def close_ticket(call: Call, id: UUID, note: str | None) -> Ticket:
    """By its requester or who works on it."""
    return shown(call, changes.end(call, changes.to_change(call, id), "closed", note))


def reopen_ticket(call: Call, id: UUID, reason: str) -> Ticket:
    """What is resolved: its clocks go on where they stopped. A user's reason is a message of his. TicketNotResolved."""
    ticket = changes.to_change(call, id)
    if ticket.status != "resolved":
        raise TicketNotResolved(current=ticket.status)
    if not call.actor.is_admin:
        return shown(call, messages.post(call, ticket, reason, "user")[0])
    ticket = changes.move(call, ticket, "in_progress")
    changes.say(call, ticket, f"Re-opened by {ticket.caller_name}: {reason}")
    return shown(call, changes.save(call, ticket))


def shown(call: Call, row: TicketRow | ShownRow) -> Ticket:
    """As its requester sees it, and staff too."""
    return Ticket.model_validate(_fields(call, row))


def _fields(call: Call, row: TicketRow | ShownRow) -> dict[str, Any]:
    sla = {"state": clocks.state_of(row, call.now), "breached": clocks.is_late(row, call.now)}
    return row._asdict() | {
        "requester": {"id": row.user_id, "full_name": row.requester_name},
        "sla": sla | {"level": row.level},
    }


def _assigned(call: Call, ticket: TicketRow, agent: UUID | None, pointer: str) -> TicketRow:
    if agent and ticket.agent_name is None:
        raise AgentNotFound.named_at(pointer)
    return changes.assign(call, ticket, agent)


def _check_permissions(call: Call, given: TicketChanges) -> None:
    """Besides that of the operation."""
    needed = {"close_ticket"} if given.status == "closed" else set()
    if "assigned_to" in given.model_fields_set:
        needed.add("assign_ticket")
    for permission in sorted(needed - call.actor.permissions):
        raise Forbidden(f"your role, {call.actor.role}, does not include {permission}", permission=permission)

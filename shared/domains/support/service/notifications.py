"""The mails about tickets: who is told of what happened. Consumers call it, so each is asked for once.

A requester gets those that he wants, and can do without any of them; what staff get is their work.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from shared.core.call import Call
from shared.domains.platform import public as platform
from shared.domains.support import events
from shared.domains.support.queries import notifications as queries
from shared.domains.support.rows.people import PersonRow
from shared.domains.support.rules import recipients
from shared.domains.support.rules.escalation import BREACHES, Cause
from shared.domains.support.schemas.preferences import Wish
from shared.domains.support.service.access import WORKERS
from shared.domains.support.service.preferences import unsubscription

PROMISES: dict[Cause, str] = {
    "first_response": "first answer",
    "next_response": "next answer",
    "resolution": "solution",
    "slow": "solution",
}
TOLD = "number", "company_name", "subject", "priority"
SHARES = {"warning": "a quarter", "critical": "a tenth"}


def ticket_created(call: Call, event: events.TicketCreated) -> None:
    people = _people(call, event, "ticket_created")
    _mail_requester(call, people, "TICKET_CREATED", "ticket_created")
    _mail_staff(call, event, recipients.desk(people), "TICKET_WAITING")


def message_posted(call: Call, event: events.MessagePosted) -> None:
    """To the requester what he has not written himself, to who has the ticket what support has not; notes to nobody."""
    if event.is_internal:
        return
    people = _people(call, event, "ticket_reply", event.message_id)
    _mail_requester(call, people, "TICKET_REPLIED", "ticket_reply")
    if event.sender == "user":
        _mail_staff(call, event, recipients.responsible(people), "TICKET_ANSWERED")


def ticket_assigned(call: Call, event: events.TicketAssigned) -> None:
    """Unless it was assigned to another meanwhile, who has an event of his own."""
    still = [person for person in _people(call, event) if (person.part, person.id) == ("assignee", event.agent_id)]
    _mail_staff(call, event, still, "TICKET_ASSIGNED")


def ticket_ended(call: Call, event: events.TicketResolved | events.TicketClosed) -> None:
    """With the link by which it is rated; that what was resolved is closed too is told to nobody."""
    if event.link_id:
        outcome = "resolved" if isinstance(event, events.TicketResolved) else "closed"
        people = _people(call, event, "ticket_resolved")
        _mail_requester(call, people, "TICKET_ENDED", "ticket_resolved", event.link_id, outcome=outcome)


def promise_in_danger(call: Call, event: events.SlaWarning) -> None:
    told = recipients.responsible(_people(call, event))
    share, due = SHARES[event.state], _moment(event.due)
    _mail_staff(call, event, told, "TICKET_DUE_SOON", promise=PROMISES[event.cause], share=share, due=due)


def promise_broken(call: Call, event: events.SlaBreached) -> None:
    """To who has the ticket. Every broken promise escalates it too: that tells the others."""
    told = [person for person in _people(call, event) if person.part == "assignee"]
    _mail_staff(call, event, told, "TICKET_OVERDUE", promise=PROMISES[event.cause], due=_moment(event.due))


def ticket_escalated(call: Call, event: events.TicketEscalated) -> None:
    told = recipients.superiors(_people(call, event), event.to, event.cause)
    why = f"the {PROMISES[event.cause]} is overdue" if event.cause in BREACHES else "solving it takes long"
    _mail_staff(call, event, told, "TICKET_ESCALATED", level=str(event.level), at=_moment(event.at), why=why)


def _people(
    call: Call, event: events.TicketEvent, wish: Wish | None = None, message: UUID | None = None
) -> list[PersonRow]:
    return queries.people(
        call.connection,
        ticket=event.ticket_id,
        wish=wish,
        message=message,
        workers=WORKERS,
    )


def _mail_requester(
    call: Call,
    people: Sequence[PersonRow],
    template: platform.TicketMail,
    wish: Wish,
    link_id: UUID | None = None,
    **values: str,
) -> None:
    for person in people:
        if person.part == "requester":
            platform.ticket_news(
                call,
                template,
                to=person.email,
                full_name=person.full_name,
                page="support/rating" if link_id else "",
                link_id=link_id,
                unsubscribe=unsubscription(person.id, wish),
                values={"number": person.number, "subject": person.subject, **values},
            )


def _mail_staff(
    call: Call, event: events.TicketEvent, people: Sequence[PersonRow], template: platform.TicketMail, **values: str
) -> None:
    for person in people:
        platform.ticket_news(
            call,
            template,
            to=person.email,
            full_name=person.full_name,
            page=f"admin/support/tickets/{event.ticket_id}",
            values={name: getattr(person, name) for name in TOLD} | values,
        )


def _moment(at: datetime) -> str:
    return f"{at:%d %B %Y, %H:%M} UTC"

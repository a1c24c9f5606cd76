"""How content a requester is: told once, signed in or by the link of the mail that says his ticket has ended."""

from uuid import UUID

from shared.core import keyed, outbox
from shared.core.call import Call
from shared.domains.support.errors import RatingLinkGone, TicketAlreadyRated, TicketNotEnded
from shared.domains.support.events import TicketRated
from shared.domains.support.queries import ratings as queries
from shared.domains.support.schemas.tickets import TicketRating, TicketRatingIn
from shared.domains.support.service import changes, clocks


def rate_ticket(call: Call, ticket_id: UUID, given: TicketRatingIn) -> TicketRating:
    """Once each time it ends: a rating of before it was re-opened is replaced, and one by staff by the requester's.
    TicketNotEnded, TicketAlreadyRated."""
    ticket = changes.to_change(call, ticket_id)
    if not clocks.has_ended(ticket):
        raise TicketNotEnded(current=ticket.status)
    ended_at = ticket.resolved_at or ticket.closed_at
    if ticket.rated_at and ended_at and ticket.rated_at >= ended_at and not ticket.rated_by_staff:
        raise TicketAlreadyRated
    by_staff = call.actor.is_admin
    ticket = ticket._replace(rating=given.rating, feedback=given.feedback, rated_at=call.now, rated_by_staff=by_staff)
    ticket = changes.save(call, ticket)
    changes.tell(call, ticket, TicketRated(ticket_id=ticket.id, number=ticket.number, rating=given.rating))
    return TicketRating(rating=given.rating, feedback=given.feedback)


def rate_by_link(call: Call, token: str, given: TicketRatingIn) -> TicketRating:
    """RatingLinkGone for a link that was used, that a newer one has replaced, or whose ticket was rated or goes on."""
    rated = queries.rate_by_link(
        call.connection,
        digest=keyed.digest(token),
        rating=given.rating,
        feedback=given.feedback,
        now=call.now,
    )
    if rated is None:
        raise RatingLinkGone
    event = TicketRated(ticket_id=rated.id, number=rated.number, rating=given.rating)
    outbox.announce(call, event, tenant_id=rated.tenant_id)
    return TicketRating(rating=given.rating, feedback=given.feedback)

"""Rate a ticket by the link of the mail that said it has ended; the link works once."""

from shared.domains.support.errors import RatingLinkGone
from shared.domains.support.schemas.tickets import RatingToken, TicketRating, TicketRatingIn
from shared.domains.support.service import ratings
from shared.entry.http import Api

api = Api(
    public=True, across_tenants=True, guessable=True, needs=("outbox", "session_secret"), problems=(RatingLinkGone,)
)


@api.post("/api/public/ratings/{token}")
def rate_by_link(token: RatingToken, given: TicketRatingIn) -> TicketRating:
    return ratings.rate_by_link(api.call, token, given)


handler = api.handler

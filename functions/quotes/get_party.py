"""One party."""

from uuid import UUID

from shared.domains.quotes.errors import PartyNotFound
from shared.domains.quotes.schemas.parties import Party
from shared.domains.quotes.service import parties
from shared.entry.http import Api

api = Api(scope="parties:read", approved=True, problems=(PartyNotFound,))


@api.get("/api/parties/{party_id}")
def get_party(party_id: UUID) -> Party:
    return parties.get_party(api.call, party_id)


handler = api.handler

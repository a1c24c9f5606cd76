"""Delete a party that has no quotes."""

from uuid import UUID

from shared.domains.quotes.errors import PartyHasQuotes, PartyNotFound
from shared.domains.quotes.service import parties
from shared.entry.http import Api

api = Api(scope="parties:write", approved=True, problems=(PartyHasQuotes, PartyNotFound))


@api.delete("/api/parties/{party_id}")
def delete_party(party_id: UUID) -> None:
    parties.delete_party(api.call, party_id)


handler = api.handler

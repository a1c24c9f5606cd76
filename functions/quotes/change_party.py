"""Change a party; quotes made before keep it as it was."""

from uuid import UUID

from shared.domains.quotes.errors import PartyNotFound
from shared.domains.quotes.schemas.parties import Party, PartyChanges
from shared.domains.quotes.service import parties
from shared.entry.http import Api

api = Api(scope="parties:write", approved=True, problems=(PartyNotFound,))


@api.patch("/api/parties/{party_id}")
def change_party(party_id: UUID, changes: PartyChanges) -> Party:
    return parties.change_party(api.call, party_id, changes)


handler = api.handler

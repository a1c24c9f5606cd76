"""Add a party: somebody to whom quotes are made."""

from shared.domains.quotes.schemas.parties import Party, PartyIn
from shared.domains.quotes.service import parties
from shared.entry.http import Api

api = Api(scope="parties:write", approved=True)


@api.post("/api/parties", status=201)
def create_party(party: PartyIn) -> Party:
    return parties.add_party(api.call, party)


handler = api.handler

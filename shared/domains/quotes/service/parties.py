"""Parties: those to whom quotes are made."""

from uuid import UUID

from shared.core import paging
from shared.core.call import Call
from shared.core.ids import new_id
from shared.core.paging import Page
from shared.domains.quotes import queries
from shared.domains.quotes.errors import PartyHasQuotes, PartyNotFound
from shared.domains.quotes.schemas.parties import Party, PartyChanges, PartyIn


def add_party(call: Call, given: PartyIn) -> Party:
    """A new party; two may have equal names."""
    id, fields = new_id(call.now), given.model_dump()
    queries.add_party(call.connection, id=id, tenant=call.tenant_id, now=call.now, **fields)
    return Party(id=id, created_at=call.now, **fields)


def list_parties(call: Call, text: str | None, limit: int, cursor: str | None) -> Page[Party]:
    """Newest first; `text` is searched in names, mobile, e-mail and GSTIN."""
    after = paging.after(cursor)
    rows = queries.parties(call.connection, text=text, after=after, limit=limit + 1)
    return paging.page(rows, limit, lambda row: Party(**row._asdict()))


def get_party(call: Call, party_id: UUID) -> Party:
    """PartyNotFound also for a deleted one."""
    row = queries.party_by_id(call.connection, id=party_id)
    if row is None:
        raise PartyNotFound
    return Party(**row._asdict())


def change_party(call: Call, party_id: UUID, changes: PartyChanges) -> Party:
    """Change what is given, keep the rest. Quotes made before keep the party as it was."""
    given = changes.model_dump(mode="json", exclude_unset=True)
    row = queries.change_party(call.connection, id=party_id, changes=given)
    if row is None:
        raise PartyNotFound
    return Party(**row._asdict())


def delete_party(call: Call, party_id: UUID) -> None:
    """PartyHasQuotes while it has quotes that are not deleted."""
    found = queries.delete_party(call.connection, id=party_id, now=call.now)
    if not found.known:
        raise PartyNotFound
    if not found.deleted:
        raise PartyHasQuotes

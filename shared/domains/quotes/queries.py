"""Statements of parties and quotes. Row-level security keeps each to its tenant."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Insert, Update, exists, func, literal, or_, select, tuple_

from shared.core import query
from shared.core.paging import After
from shared.core.tables import Rows, patched
from shared.domains.quotes.rows import DeletedPartyRow, PartyRow
from shared.domains.quotes.tables import party_profiles, quotes

party = tuple(party_profiles.c[name] for name in PartyRow._fields)
PARTY_FIELDS = PartyRow._fields[1:-1]
live_party = party_profiles.c.deleted_at.is_(None)


@query.later
def add_party(*, id: UUID, tenant: UUID, given: dict[str, str | None], now: datetime) -> Insert:
    fields = {name: given.op("->>")(name) for name in PARTY_FIELDS}  # type: ignore[attr-defined]
    return party_profiles.insert().values(id=id, tenant_id=tenant, created_at=now, **fields)

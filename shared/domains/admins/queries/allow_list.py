"""Statements on the addresses that admins may come from."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, Delete, Insert, Label, Text, Update, Uuid, cast, func, select
from sqlalchemy.dialects.postgresql import CIDR

from shared.core import query
from shared.core.paging import After
from shared.core.query import Nullable
from shared.core.tables import Rows, newest_first
from shared.domains.admins.rows import AdmittedRow, AllowedAddressRow, ChangedAddressRow
from shared.domains.admins.tables import admin_ip_whitelist as listed

cidr = cast(listed.c.network, Text).label("cidr")
entry = tuple(cidr if name == "cidr" else listed.c[name] for name in AllowedAddressRow._fields)


@query.all_(AllowedAddressRow)
def page(*, after: After | None, limit: int) -> Rows:
    """Newest first."""
    return newest_first(select(*entry), listed.c.created_at, listed.c.id, after, limit)


@query.later
def add(*, id: UUID, admin_id: Nullable[UUID], network: str, label: str, author: UUID, now: datetime) -> Insert:
    return listed.insert().values(
        id=id, admin_id=admin_id, network=network, label=label, enabled=True, created_by=author, created_at=now
    )


@query.later
def change(*, id: UUID, network: Nullable[str], label: Nullable[str], enabled: Nullable[bool]) -> Update:
    """What is null stays as it is."""
    return (
        listed.update()
        .where(listed.c.id == id)
        .values(
            network=func.coalesce(cast(network, CIDR), listed.c.network),
            label=func.coalesce(cast(label, Text), listed.c.label),
            enabled=func.coalesce(cast(enabled, Boolean), listed.c.enabled),
        )
    )


@query.count
def remove(*, id: UUID) -> Delete:
    return listed.delete().where(listed.c.id == id)


@query.maybe(ChangedAddressRow)
def changed(*, id: UUID, author: UUID, address: str) -> Rows:
    """An entry, and whether its author may still come from his address."""
    return select(*entry, _admits(author, address)).where(listed.c.id == id)


@query.one(AdmittedRow)
def admitted(*, author: UUID, address: str) -> Rows:
    return select(_admits(author, address))


def _admits(admin: UUID, address: str) -> Label[bool]:
    return func.admits_address(cast(admin, Uuid), cast(address, Text), type_=Boolean).label("admitted")

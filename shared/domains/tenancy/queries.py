"""Statements of this domain; the two that concern every table are functions of the database (migrations 0008, 0021)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Delete, Insert, Text, Update, Uuid, column, func, select

from shared.core import query
from shared.core.tables import Rows
from shared.domains.tenancy.rows import ErasedRow, ExportRow, LineRow, WantedRow
from shared.domains.tenancy.tables import tenant_exports, users


@query.later
def add_export(*, id: UUID, tenant: UUID, user: UUID, now: datetime) -> Insert:
    return tenant_exports.insert().values(id=id, tenant_id=tenant, user_id=user, created_at=now)


@query.later
def forget_exports(*, before: datetime) -> Delete:
    """Of the tenant, as row-level security has it."""
    return tenant_exports.delete().where(tenant_exports.c.created_at < before)


@query.maybe(ExportRow)
def export_by_id(*, id: UUID) -> Rows:
    return select(*(tenant_exports.c[name] for name in ExportRow._fields)).where(tenant_exports.c.id == id)


@query.maybe(WantedRow)
def wanted_export(*, id: UUID) -> Rows:
    wanted = tenant_exports.c.id, tenant_exports.c.created_at, tenant_exports.c.ready_at
    asked = tenant_exports.outerjoin(users, users.c.id == tenant_exports.c.user_id)
    return select(*wanted, users.c.email, users.c.full_name).select_from(asked).where(tenant_exports.c.id == id)


@query.later
def mark_ready(*, id: UUID, size: int, now: datetime) -> Update:
    return tenant_exports.update().where(tenant_exports.c.id == id).values(ready_at=now, size=size)


@query.all_(LineRow)
def table_lines(*, source: str, without: list[str], after: str, most: int) -> Rows:
    """The tenant's rows of a table in the order of its primary key, from behind the line `after` on."""
    found = func.table_lines(source, without, after, most)
    return select(found.table_valued(column("line", Text)).c.line)


@query.maybe(ErasedRow)
def erase_slice(*, at: datetime, most: int) -> Rows:
    """Delete rows of one tenant whose time is over; none if there is no such tenant."""
    counts = column("tenant", Uuid), column("rows", BigInteger), column("finished", Boolean)
    return select(*func.erase_slice(at, most).table_valued(*counts).c)

"""Statements on tenants: each names its own."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, ScalarSelect, Update, case, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB

from shared.core import query
from shared.core.paging import After
from shared.core.tables import Rows, contains, newest_first, patched
from shared.domains.directory.rows import TenantDetailRow, TenantRow
from shared.domains.directory.tables import COMPANY, tenant_users, tenants, users

SHOWN_MEMBERS = 100

membership_count = select(func.count()).where(tenant_users.c.tenant_id == tenants.c.id)
tenant = (
    *(tenants.c[name] for name in TenantRow._fields[:-1]),
    membership_count.scalar_subquery().label("member_count"),
)
tenant_detail = tuple(tenants.c[name] for name in TenantDetailRow._fields[len(TenantRow._fields) : -1])


@query.all_(TenantRow)
def tenants_page(
    *, text: str | None, verification: str | None, suspended: bool | None, after: After | None, limit: int
) -> Rows:
    """Newest first; `text` is in the name, in any case."""
    found = select(*tenant)
    if text is not None:
        found = found.where(contains(tenants.c.name, text))
    if verification is not None:
        found = found.where(tenants.c.verification == verification)
    if suspended is not None:
        found = found.where(tenants.c.suspended_at.is_not(None) == cast(suspended, Boolean))
    return newest_first(found, tenants.c.created_at, tenants.c.id, after, limit)


@query.maybe(TenantDetailRow)
def tenant_by_id(*, id: UUID) -> Rows:
    return select(*tenant, *tenant_detail, _members().label("members")).where(tenants.c.id == id)


@query.later
def change_tenant(*, id: UUID, changes: dict[str, str | None]) -> Update:
    return tenants.update().where(tenants.c.id == id).values(patched(tenants, changes, *COMPANY))


@query.later
def suspend_tenant(*, id: UUID, reason: str, now: datetime) -> Update:
    return tenants.update().where(tenants.c.id == id).values(suspended_at=now, suspension_reason=reason)


@query.later
def reactivate_tenant(*, id: UUID) -> Update:
    return tenants.update().where(tenants.c.id == id).values(suspended_at=None, suspension_reason=None)


def _members() -> ScalarSelect[Any]:
    """Of a tenant, owners first, then who joined first."""
    shown = (
        select(
            users.c.id,
            users.c.full_name,
            users.c.email,
            tenant_users.c.role,
            users.c.disabled_at,
            tenant_users.c.created_at.label("joined_at"),
        )
        .join_from(tenant_users, users, users.c.id == tenant_users.c.user_id)
        .where(tenant_users.c.tenant_id == tenants.c.id)
        .order_by(case((tenant_users.c.role == "owner", 0), else_=1), tenant_users.c.created_at, users.c.id)
        .limit(SHOWN_MEMBERS)
        .correlate(tenants)
        .subquery("shown")
    )
    listed = func.jsonb_agg(func.to_jsonb(shown.table_valued()), type_=JSONB)
    return select(func.coalesce(listed, func.jsonb_build_array(), type_=JSONB)).scalar_subquery()

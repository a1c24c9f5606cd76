"""Statements on users and their tenants. Row-level security keeps each to its tenant, except where nobody is known."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Insert, Text, Update, func, select

from shared.core import query
from shared.core.tables import Rows, patched
from shared.domains.identity.rows import MemberRow, ProfileRow, TenantRow
from shared.domains.identity.tables import tenant_users, tenants, users

member = (
    users.c.id.label("user_id"),
    users.c.email,
    users.c.full_name,
    users.c.email_verified,
    tenant_users.c.role,
    tenants.c.id.label("tenant_id"),
    tenants.c.name.label("tenant_name"),
    tenants.c.time_zone,
    tenants.c.currency,
    tenants.c.erase_at,
    func.second_factors(users.c.id, type_=ARRAY(Text)).label("second_factors"),  # see migration 0010
    users.c.disabled_at,
    tenants.c.suspension_reason,
    tenants.c.verification,
)
memberships = users.join(tenant_users, tenant_users.c.user_id == users.c.id).join(
    tenants, tenants.c.id == tenant_users.c.tenant_id
)
profile = users.c.id, users.c.email, users.c.full_name, users.c.phone, users.c.locale, users.c.email_verified
about_tenant = tuple(tenants.c[name] for name in TenantRow._fields)


@query.later
def add_tenant(*, id: UUID, name: str, time_zone: str, currency: str, now: datetime) -> Insert:
    return tenants.insert().values(id=id, name=name, time_zone=time_zone, currency=currency, created_at=now)


@query.later
def start_trial(*, tenant: UUID, ends_at: datetime) -> Update:
    return tenants.update().where(tenants.c.id == tenant).values(trial_ends_at=ends_at)


@query.count
def add_user(
    *, id: UUID, email: str, password_hash: str, full_name: str, locale: str, email_verified: bool, now: datetime
) -> Insert:
    return users.insert().values(
        id=id,
        email=email,
        password_hash=password_hash,
        full_name=full_name,
        locale=locale,
        email_verified=email_verified,
        created_at=now,
    )


@query.later
def add_member(*, tenant: UUID, user: UUID, role: str, now: datetime) -> Insert:
    return tenant_users.insert().values(tenant_id=tenant, user_id=user, role=role, created_at=now)


@query.maybe(MemberRow)
def member_by_id(*, user: UUID) -> Rows:
    return select(*member).select_from(memberships).where(users.c.id == user)


@query.maybe(ProfileRow)
def profile_by_id(*, user: UUID) -> Rows:
    return select(*profile).where(users.c.id == user)


@query.maybe(ProfileRow)
def change_profile(*, user: UUID, changes: dict[str, str | None]) -> Update:
    values = patched(users, changes, "full_name", "phone", "locale")
    return users.update().where(users.c.id == user).values(values).returning(*profile)


@query.maybe(TenantRow)
def tenant_by_id(*, tenant: UUID) -> Rows:
    return select(*about_tenant).where(tenants.c.id == tenant)


@query.maybe(TenantRow)
def change_tenant(*, tenant: UUID, changes: dict[str, str | None]) -> Update:
    values = patched(tenants, changes, *(name for name in TenantRow._fields if name != "id"))
    return tenants.update().where(tenants.c.id == tenant).values(values).returning(*about_tenant)

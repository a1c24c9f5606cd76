"""Statements on users, of every tenant: each names its own."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, Delete, ScalarSelect, Text, Update, cast, func, or_, select

from shared.core import query
from shared.core.paging import After
from shared.core.tables import Rows, contains, listed, newest_first, patched
from shared.domains.directory.rows import UserDetailRow, UserRow
from shared.domains.directory.tables import tenant_users, tenants, user_sessions, users

memberships = users.join(tenant_users, tenant_users.c.user_id == users.c.id).join(
    tenants, tenants.c.id == tenant_users.c.tenant_id
)
his_sessions = user_sessions.c.user_id == users.c.id
his_own = his_sessions, user_sessions.c.impersonated_by.is_(None)  # not our support's
last_seen = select(func.max(user_sessions.c.last_seen_at)).where(*his_own)
user = (
    users.c.id,
    users.c.email,
    users.c.full_name,
    tenant_users.c.role,
    users.c.email_verified,
    users.c.created_at,
    users.c.disabled_at,
    last_seen.scalar_subquery().label("last_seen_at"),
    tenants.c.id.label("tenant_id"),
    tenants.c.name.label("tenant_name"),
    tenants.c.verification,
    tenants.c.suspended_at,
    tenants.c.closed_at,
)


@query.all_(UserRow)
def users_page(
    *, text: str, disabled: bool | None, role: str | None, tenant: UUID | None, after: After | None, limit: int
) -> Rows:
    """Newest first; `text` is in the name or the address, in any case."""
    named = or_(contains(users.c.full_name, text), contains(users.c.email, text))
    found = select(*user).select_from(memberships).where(named)
    if disabled is not None:
        found = found.where(users.c.disabled_at.is_not(None) == cast(disabled, Boolean))
    if role is not None:
        found = found.where(tenant_users.c.role == role)
    if tenant is not None:
        found = found.where(tenants.c.id == tenant)
    return newest_first(found, users.c.created_at, users.c.id, after, limit)


@query.maybe(UserDetailRow)
def user_by_id(*, id: UUID, now: datetime) -> Rows:
    opened = his_sessions, user_sessions.c.revoked_at.is_(None), user_sessions.c.expires_at > now
    colleague = tenant_users.alias("colleague")
    fellow = colleague.c.tenant_id == tenant_users.c.tenant_id
    colleagues = select(func.count()).where(fellow, colleague.c.user_id != users.c.id)
    detail = (
        users.c.phone,
        users.c.locale,
        users.c.disabled_reason,
        func.second_factors(users.c.id, type_=ARRAY(Text)).is_not(None).label("has_second_factor"),
        select(func.count()).where(*opened).scalar_subquery().label("sessions"),
        _owners().label("owners"),
        colleagues.scalar_subquery().label("colleagues"),
    )
    return select(*user, *detail).select_from(memberships).where(users.c.id == id)


@query.later
def change_user(*, id: UUID, changes: dict[str, str | None]) -> Update:
    """A new address is not verified."""
    values = patched(users, changes, "full_name", "phone", "locale", "email")
    kept = users.c.email_verified & ~func.jsonb_exists(changes, "email", type_=Boolean)
    return users.update().where(users.c.id == id).values(**values, email_verified=kept)


@query.later
def disable_user(*, id: UUID, reason: str, now: datetime) -> Update:
    return users.update().where(users.c.id == id).values(disabled_at=now, disabled_reason=reason)


@query.later
def enable_user(*, id: UUID) -> Update:
    return users.update().where(users.c.id == id).values(disabled_at=None, disabled_reason=None)


@query.later
def delete_user(*, id: UUID) -> Delete:
    """With his membership, sessions, API keys, links and second factor, which refer to him."""
    return users.delete().where(users.c.id == id)


def _owners() -> ScalarSelect[Any]:
    """Of the tenant that a user is in: address and name of each."""
    owning, owner = tenant_users.alias("owning"), users.alias("owner")
    found = select(owner.c.email, owner.c.full_name).join_from(owning, owner, owner.c.id == owning.c.user_id)
    found = found.where(owning.c.tenant_id == tenant_users.c.tenant_id, owning.c.role == "owner")
    return listed(found.correlate(tenant_users), "email")

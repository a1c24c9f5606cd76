"""Statements by which a tenant is closed and reopened, and API keys are revoked with what they hang on."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Delete, Update, select

from shared.core import query
from shared.core.tables import Rows
from shared.domains.identity.queries.accounts import memberships
from shared.domains.identity.rows import ClosedRow
from shared.domains.identity.tables import api_keys, email_tokens, tenant_users, tenants, user_sessions, users


@query.later
def close_tenant(*, tenant: UUID, now: datetime, erase_at: datetime) -> Update:
    open_ = tenants.c.id == tenant, tenants.c.closed_at.is_(None)
    return tenants.update().where(*open_).values(closed_at=now, erase_at=erase_at)


@query.later
def end_all_sessions(*, tenant: UUID, now: datetime) -> Update:
    live = user_sessions.c.tenant_id == tenant, user_sessions.c.revoked_at.is_(None)
    return user_sessions.update().where(*live).values(revoked_at=now)


@query.later
def revoke_all_keys(*, tenant: UUID, now: datetime) -> Update:
    live = api_keys.c.tenant_id == tenant, api_keys.c.revoked_at.is_(None)
    return api_keys.update().where(*live).values(revoked_at=now)


@query.later
def revoke_keys(*, user: UUID, now: datetime) -> Update:
    live = api_keys.c.user_id == user, api_keys.c.revoked_at.is_(None)
    return api_keys.update().where(*live).values(revoked_at=now)


@query.all_(ClosedRow)
def owners_of_closed(*, tenant: UUID, at: datetime) -> Rows:
    """None where somebody else closed it, at another time."""
    about = users.c.id.label("user_id"), users.c.email, users.c.full_name, tenants.c.name.label("tenant_name")
    owners = tenant_users.c.role == "owner", tenants.c.id == tenant, tenants.c.closed_at == at
    return select(*about).select_from(memberships).where(*owners)


@query.later
def reopen_tenant(*, tenant: UUID, now: datetime) -> Update:
    closed = tenants.c.id == tenant, tenants.c.erase_at > now
    return tenants.update().where(*closed).values(closed_at=None, erase_at=None)


@query.later
def end_links_of_all(*, tenant: UUID, purpose: str) -> Delete:
    return email_tokens.delete().where(email_tokens.c.tenant_id == tenant, email_tokens.c.purpose == purpose)

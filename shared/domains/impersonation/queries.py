"""Statements on impersonations. Admins' functions see every tenant, so that each names whom it is about."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Insert, Update, and_, exists, select

from shared.core import query
from shared.core.query import Nullable
from shared.core.tables import Rows
from shared.domains.impersonation.rows import LivingRow, TargetRow
from shared.domains.impersonation.tables import (
    admin_impersonations,
    admin_sessions,
    admins,
    tenant_users,
    tenants,
    user_sessions,
    users,
)


@query.later
def lock_admin(*, admin_id: UUID) -> Rows:
    """An admin's starts come one after the other: the statement after this one sees what the others have done."""
    return select(admins.c.id).where(admins.c.id == admin_id).with_for_update(key_share=True)


@query.all_(TargetRow)
def targets(*, user: UUID, admin_id: UUID, session: UUID, now: datetime) -> Rows:
    """The user, once for each owner of his tenant; none where there is no such user or the admin's session is over.

    Whoever disables the user, closes or suspends the tenant or ends the admin's session waits for this transaction, and
    so finds the session that it opens.
    """
    owning, owner = tenant_users.alias("owning"), users.alias("owner")
    owners = owning.join(owner, owner.c.id == owning.c.user_id)
    active = tenants.c.closed_at.is_(None), tenants.c.suspended_at.is_(None), users.c.disabled_at.is_(None)
    found = (
        select(
            users.c.id.label("user_id"),
            users.c.email,
            users.c.full_name,
            users.c.email_verified,
            tenant_users.c.role,
            tenants.c.id.label("tenant_id"),
            tenants.c.name.label("tenant_name"),
            tenants.c.time_zone,
            tenants.c.currency,
            (tenants.c.verification == "approved").label("is_approved"),
            and_(*active).label("is_active"),
            owner.c.email.label("owner_email"),
            owner.c.full_name.label("owner_name"),
            admins.c.full_name.label("admin_name"),
            admin_sessions.c.expires_at.label("session_ends"),
            exists(living_of(admin_id, session, now)).label("is_impersonating"),
        )
        .select_from(
            tenants.join(tenant_users, tenant_users.c.tenant_id == tenants.c.id)
            .join(users, users.c.id == tenant_users.c.user_id)
            .join(admins, admins.c.id == admin_id)
            .join(admin_sessions, admin_sessions.c.id == session)
            .outerjoin(owners, (owning.c.tenant_id == tenants.c.id) & (owning.c.role == "owner"))
        )
        .where(users.c.id == user, admin_sessions.c.revoked_at.is_(None))
    )
    return found.with_for_update(read=True, of=(tenants, users, admin_sessions))


def living_of(admin_id: UUID, session: UUID, now: datetime) -> Rows:
    """Of this session of the admin's, or that which it is itself."""
    its = (admin_impersonations.c.session_id == session) | (admin_impersonations.c.id == session)
    his = admin_impersonations.c.admin_id == admin_id, its, admin_impersonations.c.expires_at > now
    return select(*(admin_impersonations.c[name] for name in LivingRow._fields)).where(
        *his, admin_impersonations.c.ended_at.is_(None)
    )


@query.all_(LivingRow)
def living(*, admin_id: UUID, session: UUID, now: datetime) -> Rows:
    """One, unless the clock was set back."""
    return living_of(admin_id, session, now)


@query.later
def add_impersonation(
    *,
    id: UUID,
    admin_id: UUID,
    user: UUID,
    tenant: UUID,
    session: UUID,
    reason: str,
    ticket_id: Nullable[str],
    allow_writes: bool,
    now: datetime,
    expires_at: datetime,
) -> Insert:
    return admin_impersonations.insert().values(
        id=id,
        admin_id=admin_id,
        user_id=user,
        tenant_id=tenant,
        session_id=session,
        reason=reason,
        ticket_id=ticket_id,
        allow_writes=allow_writes,
        started_at=now,
        expires_at=expires_at,
    )


@query.later
def end_session(*, id: UUID, now: datetime) -> Update:
    """Which also notes the end of its impersonation."""
    live = user_sessions.c.id == id, user_sessions.c.revoked_at.is_(None)
    return user_sessions.update().where(*live).values(revoked_at=now)

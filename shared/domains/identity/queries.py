"""Statements of this domain. Row-level security keeps each to its tenant, except for sign-up, sign-in and refresh."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Delete, Insert, Update, case, func, select
from sqlalchemy.dialects.postgresql import insert

from shared.core import query
from shared.core.tables import Rows, patched
from shared.domains.identity.rows import AttemptRow, MemberRow, ProfileRow, RefreshedRow, TenantRow
from shared.domains.identity.tables import (
    refresh_tokens,
    signin_failures,
    tenant_users,
    tenants,
    user_sessions,
    users,
)

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
)
memberships = users.join(tenant_users, tenant_users.c.user_id == users.c.id).join(
    tenants, tenants.c.id == tenant_users.c.tenant_id
)
profile = users.c.id, users.c.email, users.c.full_name, users.c.phone, users.c.locale, users.c.email_verified
about_tenant = tuple(tenants.c[name] for name in TenantRow._fields)


@query.later
def add_tenant(*, id: UUID, name: str, time_zone: str, currency: str, now: datetime) -> Insert:
    return tenants.insert().values(id=id, name=name, time_zone=time_zone, currency=currency, created_at=now)


@query.count
def add_user(*, id: UUID, email: str, password_hash: str, full_name: str, locale: str, now: datetime) -> Insert:
    return users.insert().values(
        id=id,
        email=email,
        password_hash=password_hash,
        full_name=full_name,
        locale=locale,
        email_verified=False,
        created_at=now,
    )


@query.later
def add_member(*, tenant: UUID, user: UUID, role: str, now: datetime) -> Insert:
    return tenant_users.insert().values(tenant_id=tenant, user_id=user, role=role, created_at=now)


@query.later
def add_session(
    *, id: UUID, tenant: UUID, user: UUID, user_agent: str, client_ip: str, now: datetime, expires_at: datetime
) -> Insert:
    return user_sessions.insert().values(
        id=id,
        tenant_id=tenant,
        user_id=user,
        user_agent=user_agent,
        client_ip=client_ip,
        created_at=now,
        last_seen_at=now,
        expires_at=expires_at,
    )


@query.later
def add_refresh_token(*, digest: bytes, tenant: UUID, session: UUID, now: datetime) -> Insert:
    return refresh_tokens.insert().values(digest=digest, tenant_id=tenant, session_id=session, created_at=now)


@query.one(AttemptRow)
def attempt_signin(*, email: str, digest: bytes, now: datetime, until: datetime, most: int) -> Rows:
    """Count an attempt before it is judged, and find the user it names.

    The count starts again when its time is over; from `most` failures on the time is no longer extended. The counter's
    row stays locked to the end of the transaction, so that parallel guesses are judged one after the other.
    """
    counted = insert(signin_failures).values(digest=digest, failures=1, until=until)
    over = signin_failures.c.until <= now
    locked = signin_failures.c.failures >= most
    attempt = (
        counted.on_conflict_do_update(
            index_elements=["digest"],
            set_={
                "failures": case((over, 1), else_=signin_failures.c.failures + 1),
                "until": case((over, until), (locked, signin_failures.c.until), else_=until),
            },
        )
        .returning(signin_failures.c.failures, signin_failures.c.until)
        .cte("attempt")
    )
    known = select(users.c.password_hash, *member).select_from(memberships).where(users.c.email == email).subquery()
    return select(attempt.c.failures, attempt.c.until, *known.c).select_from(
        attempt.outerjoin(known, known.c.email == email)
    )


@query.later
def forget_failures(*, digest: bytes) -> Delete:
    return signin_failures.delete().where(signin_failures.c.digest == digest)


@query.maybe(RefreshedRow)
def use_refresh_token(*, digest: bytes, now: datetime) -> Update:
    """Spend a token, once; its session must hold."""
    used = refresh_tokens.update().where(
        refresh_tokens.c.digest == digest,
        refresh_tokens.c.used_at.is_(None),
        user_sessions.c.id == refresh_tokens.c.session_id,
        user_sessions.c.revoked_at.is_(None),
        user_sessions.c.expires_at > now,
        tenant_users.c.user_id == user_sessions.c.user_id,
    )
    return used.values(used_at=now).returning(
        refresh_tokens.c.session_id, user_sessions.c.user_id, user_sessions.c.tenant_id, tenant_users.c.role
    )


@query.later
def end_session_of(*, digest: bytes, now: datetime) -> Update:
    """Revoke the session, and with it the whole family, of a refresh token."""
    session = select(refresh_tokens.c.session_id).where(refresh_tokens.c.digest == digest).scalar_subquery()
    return (
        user_sessions.update()
        .where(user_sessions.c.id == session, user_sessions.c.revoked_at.is_(None))
        .values(revoked_at=now)
    )


@query.count
def end_session(*, id: UUID, now: datetime) -> Update:
    return user_sessions.update().where(user_sessions.c.id == id).values(revoked_at=now)


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


@query.count
def prune_sessions(*, before: datetime) -> Delete:
    """Sessions that ended before, with their refresh tokens."""
    ended = func.coalesce(user_sessions.c.revoked_at, user_sessions.c.expires_at)
    return user_sessions.delete().where(ended < before)


@query.count
def prune_failures(*, now: datetime) -> Delete:
    return signin_failures.delete().where(signin_failures.c.until < now)

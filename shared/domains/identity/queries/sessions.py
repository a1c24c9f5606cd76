"""Statements on sessions, their refresh tokens, and the log of both."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, DateTime, Delete, Insert, Text, Update, Uuid, any_, cast, func, select

from shared.core import query
from shared.core.paging import After
from shared.core.query import Nullable
from shared.core.tables import Rows, newest_first
from shared.domains.identity.rows import RefreshedRow, SessionRow
from shared.domains.identity.tables import auth_audit_logs, refresh_tokens, tenant_users, tenants, user_sessions


def live(user: UUID, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Of this user, and not over."""
    return user_sessions.c.user_id == user, *lasting(now)


def visible(user: UUID, owner: bool, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What a user sees and may end: his own, and as an owner those that an admin opened in anybody's name."""
    of_support = user_sessions.c.impersonated_by.is_not(None) & cast(owner, Boolean)
    return (user_sessions.c.user_id == user) | of_support, *lasting(now)


def lasting(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return user_sessions.c.revoked_at.is_(None), user_sessions.c.expires_at > now


@query.later
def add_session(
    *,
    id: UUID,
    tenant: UUID,
    user: UUID,
    user_agent: str,
    client_ip: str,
    now: datetime,
    expires_at: datetime,
    factor_at: Nullable[datetime],
    impersonated_by: Nullable[str],
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
        factor_at=factor_at,
        impersonated_by=impersonated_by,
    )


@query.later
def stamp_factor(*, id: UUID, now: datetime) -> Update:
    """The second factor was shown in this session."""
    return user_sessions.update().where(user_sessions.c.id == id).values(factor_at=now)


@query.later
def add_refresh_token(*, digest: bytes, tenant: UUID, session: UUID, now: datetime) -> Insert:
    return refresh_tokens.insert().values(digest=digest, tenant_id=tenant, session_id=session, created_at=now)


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
        tenants.c.id == user_sessions.c.tenant_id,
    )
    return used.values(used_at=now).returning(
        refresh_tokens.c.session_id,
        user_sessions.c.user_id,
        user_sessions.c.tenant_id,
        tenant_users.c.role,
        tenants.c.verification,
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
def end_session(*, id: UUID, user: UUID, owner: bool, now: datetime) -> Update:
    return user_sessions.update().where(user_sessions.c.id == id, *visible(user, owner, now)).values(revoked_at=now)


@query.later
def end_sessions(*, user: UUID, but: Nullable[UUID], now: datetime) -> Update:
    others = user_sessions.c.id.is_distinct_from(but)
    return user_sessions.update().where(others, *live(user, now)).values(revoked_at=now)


@query.all_(SessionRow)
def sessions_page(*, user: UUID, owner: bool, after: After | None, limit: int, now: datetime) -> Rows:
    """The live ones, newest first."""
    found = select(*(user_sessions.c[name] for name in SessionRow._fields)).where(*visible(user, owner, now))
    return newest_first(found, user_sessions.c.created_at, user_sessions.c.id, after, limit)


@query.later
def note_event(
    *,
    id: UUID,
    tenant: Nullable[UUID],
    user: Nullable[UUID],
    event: str,
    client_ip: str,
    user_agent: str,
    now: datetime,
) -> Insert:
    return auth_audit_logs.insert().values(
        id=id, tenant_id=tenant, user_id=user, event=event, client_ip=client_ip, user_agent=user_agent, at=now
    )


@query.later
def note_reuse(*, id: UUID, digest: bytes, event: str, client_ip: str, user_agent: str, now: datetime) -> Insert:
    """An event of the user of a refresh token, if that was used before."""
    reused = (
        select(
            cast(id, Uuid),
            user_sessions.c.tenant_id,
            user_sessions.c.user_id,
            cast(event, Text),
            cast(client_ip, Text),
            cast(user_agent, Text),
            cast(now, DateTime(timezone=True)),
        )
        .select_from(refresh_tokens.join(user_sessions, user_sessions.c.id == refresh_tokens.c.session_id))
        .where(refresh_tokens.c.digest == digest, refresh_tokens.c.used_at.is_not(None))
    )
    return auth_audit_logs.insert().from_select(tuple(column.name for column in auth_audit_logs.columns), reused)


@query.count
def prune_sessions(*, before: datetime, limit: int) -> Delete:
    """Some of the sessions that ended before, with their refresh tokens; what somebody is just changing waits."""
    ended = func.coalesce(user_sessions.c.revoked_at, user_sessions.c.expires_at)
    over = select(user_sessions.c.id).where(ended < before).order_by(ended).limit(limit)
    some = func.array(over.with_for_update(skip_locked=True).scalar_subquery())  # joined by `in`, all may be read
    return user_sessions.delete().where(user_sessions.c.id == any_(some))

"""Statements on admins' sessions, their refresh tokens, and the log of both."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    DateTime,
    Delete,
    Insert,
    LargeBinary,
    Text,
    Update,
    Uuid,
    any_,
    cast,
    func,
    select,
)

from shared.core import query
from shared.core.paging import After
from shared.core.query import Nullable
from shared.core.tables import Rows, newest_first
from shared.domains.admins.queries.accounts import second_factors
from shared.domains.admins.rows import AdminSessionRow, RefreshRow
from shared.domains.admins.tables import admin_login_audit_logs, admin_refresh_tokens, admin_sessions, admins


def live(now: datetime, seen_after: datetime) -> tuple[ColumnElement[bool], ...]:
    """Neither ended nor over."""
    sessions = admin_sessions.c
    return sessions.revoked_at.is_(None), sessions.expires_at > now, sessions.last_seen_at > seen_after


@query.later
def add_session(
    *,
    id: UUID,
    admin_id: UUID,
    role: str,
    granted: list[str],
    user_agent: str,
    client_ip: str,
    now: datetime,
    expires_at: datetime,
    factor_at: Nullable[datetime],
    break_glass: bool,
) -> Insert:
    """None where the admin's rights were changed since they were read; until the commit nobody changes them."""
    moment = DateTime(timezone=True)
    values = {
        "id": cast(id, Uuid),
        "admin_id": admins.c.id,
        "user_agent": cast(user_agent, Text),
        "client_ip": cast(client_ip, Text),
        "created_at": cast(now, moment),
        "last_seen_at": cast(now, moment),
        "expires_at": cast(expires_at, moment),
        "factor_at": cast(factor_at, moment),
        "break_glass": cast(break_glass, Boolean),
    }
    same = admins.c.role == role, admins.c.granted == cast(granted, ARRAY(Text)), admins.c.disabled_at.is_(None)
    as_read = (
        select(*(value.label(name) for name, value in values.items()))
        .where(admins.c.id == admin_id, *same)
        .with_for_update(read=True)
    )
    return admin_sessions.insert().from_select(list(values), as_read)


@query.later
def add_refresh_token(*, digest: bytes, session: UUID, now: datetime) -> Insert:
    """None for a session that was not opened."""
    values = cast(digest, LargeBinary), admin_sessions.c.id, cast(now, DateTime(timezone=True))
    opened = select(*values).where(admin_sessions.c.id == session)
    return admin_refresh_tokens.insert().from_select(["digest", "session_id", "created_at"], opened)


@query.maybe(RefreshRow)
def use_refresh_token(*, digest: bytes, now: datetime, seen_after: datetime) -> Update:
    """Spend a token, once; its session must hold."""
    used = admin_refresh_tokens.update().where(
        admin_refresh_tokens.c.digest == digest,
        admin_refresh_tokens.c.used_at.is_(None),
        admin_sessions.c.id == admin_refresh_tokens.c.session_id,
        *live(now, seen_after),
        admins.c.id == admin_sessions.c.admin_id,
        admins.c.disabled_at.is_(None),
    )
    return used.values(used_at=now).returning(
        admin_refresh_tokens.c.session_id,
        admin_sessions.c.expires_at,
        admins.c.id,
        admins.c.role,
        admins.c.granted,
        second_factors,
    )


@query.later
def end_session_of(*, digest: bytes, now: datetime) -> Update:
    """Revoke the session, and with it the whole family, of a refresh token."""
    family = admin_refresh_tokens.c.digest == digest, admin_refresh_tokens.c.session_id == admin_sessions.c.id
    return admin_sessions.update().where(*family, admin_sessions.c.revoked_at.is_(None)).values(revoked_at=now)


@query.later
def end_session(*, id: UUID, now: datetime) -> Update:
    mine = admin_sessions.c.id == id, admin_sessions.c.revoked_at.is_(None)
    return admin_sessions.update().where(*mine).values(revoked_at=now)


@query.later
def end_sessions(*, admin_id: UUID, but: Nullable[UUID], now: datetime) -> Update:
    his = admin_sessions.c.admin_id == admin_id, admin_sessions.c.revoked_at.is_(None)
    others = admin_sessions.c.id.is_distinct_from(but)
    return admin_sessions.update().where(*his, others).values(revoked_at=now)


@query.later
def stamp_factor(*, id: UUID, now: datetime) -> Update:
    """The second factor was shown in this session."""
    return admin_sessions.update().where(admin_sessions.c.id == id).values(factor_at=now)


@query.all_(AdminSessionRow)
def sessions_page(*, admin_id: UUID, after: After | None, limit: int, now: datetime, seen_after: datetime) -> Rows:
    """The live ones, newest first."""
    found = select(*(admin_sessions.c[name] for name in AdminSessionRow._fields))
    found = found.where(admin_sessions.c.admin_id == admin_id, *live(now, seen_after))
    return newest_first(found, admin_sessions.c.created_at, admin_sessions.c.id, after, limit)


@query.later
def note_event(
    *, id: UUID, admin_id: Nullable[UUID], event: str, client_ip: str, user_agent: str, now: datetime
) -> Insert:
    return admin_login_audit_logs.insert().values(
        id=id, admin_id=admin_id, event=event, client_ip=client_ip, user_agent=user_agent, at=now
    )


@query.later
def note_reuse(*, id: UUID, digest: bytes, event: str, client_ip: str, user_agent: str, now: datetime) -> Insert:
    """An event of the admin of a refresh token, if that was used before."""
    values = {
        "id": cast(id, Uuid),
        "admin_id": admin_sessions.c.admin_id,
        "event": cast(event, Text),
        "client_ip": cast(client_ip, Text),
        "user_agent": cast(user_agent, Text),
        "at": cast(now, DateTime(timezone=True)),
    }
    family = admin_refresh_tokens.join(admin_sessions, admin_sessions.c.id == admin_refresh_tokens.c.session_id)
    reused = select(*(value.label(name) for name, value in values.items())).select_from(family)
    reused = reused.where(admin_refresh_tokens.c.digest == digest, admin_refresh_tokens.c.used_at.is_not(None))
    return admin_login_audit_logs.insert().from_select(list(values), reused)


@query.count
def prune_sessions(*, before: datetime, limit: int) -> Delete:
    """Some of the sessions that ended before, with their refresh tokens; what somebody is just changing waits."""
    ended = func.coalesce(admin_sessions.c.revoked_at, admin_sessions.c.expires_at)
    over = select(admin_sessions.c.id).where(ended < before).order_by(ended).limit(limit)
    some = func.array(over.with_for_update(skip_locked=True).scalar_subquery())  # joined by `in`, all may be read
    return admin_sessions.delete().where(admin_sessions.c.id == any_(some))

"""Statements on mailed links. A user has at most one of a purpose: a new one takes the place of the older."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    DateTime,
    Delete,
    Insert,
    LargeBinary,
    Update,
    and_,
    cast,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import insert

from shared.core import query
from shared.core.tables import Rows
from shared.domains.identity.queries.accounts import memberships
from shared.domains.identity.rows import ForgottenRow, LinkRow, ResentRow
from shared.domains.identity.tables import email_tokens, tenant_users, users

linked = users.c.id.label("user_id"), tenant_users.c.tenant_id, users.c.email, users.c.full_name, users.c.email_verified


@query.later
def add_link(
    *, user: UUID, purpose: str, tenant: UUID, email: str, digest: bytes, now: datetime, expires_at: datetime
) -> Insert:
    return email_tokens.insert().values(
        user_id=user,
        purpose=purpose,
        tenant_id=tenant,
        email=email,
        digest=digest,
        created_at=now,
        expires_at=expires_at,
    )


@query.maybe(ForgottenRow)
def renew_reset(*, email: str, digest: bytes, now: datetime, expires_at: datetime, before: datetime) -> Rows:
    """Whoever has this address, if anybody, and another link for him unless he asked for one after `before`."""
    known = select(*linked).select_from(memberships).where(users.c.email == email).cte("known")
    added = _added(known, "reset_password", digest, now, expires_at, before)
    about = known.c.user_id, known.c.tenant_id, known.c.email, known.c.full_name
    joined = known.outerjoin(added, added.c.user_id == known.c.user_id)
    return select(*about, added.c.user_id.is_not(None).label("renewed")).select_from(joined)


@query.maybe(ResentRow)
def renew_verification(*, user: UUID, digest: bytes, now: datetime, expires_at: datetime, before: datetime) -> Rows:
    """Another link, unless one was sent again after `before`."""
    known = select(*linked).select_from(memberships).where(users.c.id == user).cte("known")
    added = _added(known, "verify_email", digest, now, expires_at, before)
    there = email_tokens.c.user_id == known.c.user_id, email_tokens.c.purpose == "verify_email"
    joined = known.outerjoin(added, added.c.user_id == known.c.user_id).outerjoin(email_tokens, and_(*there))
    renewed = added.c.user_id.is_not(None).label("renewed")
    about = known.c.email, known.c.full_name, known.c.email_verified, email_tokens.c.resent_at
    return select(*about, renewed).select_from(joined)


@query.maybe(LinkRow)
def use_link(*, purpose: str, digest: bytes, now: datetime) -> Update:
    """Spend a link, once; the address it went to must still be the user's."""
    used = email_tokens.update().where(
        email_tokens.c.digest == digest,
        email_tokens.c.purpose == purpose,
        email_tokens.c.used_at.is_(None),
        email_tokens.c.expires_at > now,
        users.c.id == email_tokens.c.user_id,
        users.c.email == email_tokens.c.email,
    )
    return used.values(used_at=now).returning(
        email_tokens.c.user_id,
        email_tokens.c.tenant_id,
        email_tokens.c.email,
        users.c.full_name,
        users.c.email_verified,
    )


@query.later
def end_link(*, user: UUID, purpose: str) -> Delete:
    return email_tokens.delete().where(email_tokens.c.user_id == user, email_tokens.c.purpose == purpose)


@query.later
def mark_verified(*, user: UUID) -> Update:
    return users.update().where(users.c.id == user).values(email_verified=True)


@query.count
def prune_links(*, now: datetime) -> Delete:
    return email_tokens.delete().where(email_tokens.c.expires_at < now)


def _added(known: CTE, purpose: str, digest: Any, now: Any, expires_at: Any, before: datetime) -> CTE:
    """The link of whoever is known, in place of the one there is, unless that was asked for after `before`."""
    moment, named = DateTime(timezone=True), ("user_id", "tenant_id", "email")
    values: dict[str, ColumnElement[Any]] = {
        "purpose": literal(purpose),
        "digest": cast(digest, LargeBinary),
        "created_at": cast(now, moment),
        "expires_at": cast(expires_at, moment),
        "resent_at": cast(now, moment),
    }
    fresh = select(*(known.c[name] for name in named), *(value.label(name) for name, value in values.items()))
    made = insert(email_tokens).from_select([*named, *values], fresh)
    renewed = {name: made.excluded[name] for name in ("tenant_id", "email", *values)} | {"used_at": null()}
    due = or_(email_tokens.c.resent_at.is_(None), email_tokens.c.resent_at <= before)
    renewing = made.on_conflict_do_update(index_elements=["user_id", "purpose"], set_=renewed, where=due)
    return renewing.returning(email_tokens.c.user_id).cte("added")

"""Statements on passwords."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Update, select, true

from shared.core import query
from shared.core.queries import counted_attempt
from shared.core.tables import Rows
from shared.domains.identity.queries.accounts import member, memberships
from shared.domains.identity.rows import AttemptRow
from shared.domains.identity.tables import users


@query.one(AttemptRow)
def attempt_password(
    *, email: str | None, user: UUID | None, digest: bytes, account: bytes, now: datetime, until: datetime, most: int
) -> Rows:
    """Count an attempt before it is judged, and find the user it names."""
    attempt = counted_attempt(digest, account, now, until, most)
    found = select(users.c.password_hash, *member).select_from(memberships)
    if email is not None:
        found = found.where(users.c.email == email)
    if user is not None:
        found = found.where(users.c.id == user)
    known = found.subquery()
    return select(attempt.c.failures, attempt.c.until, *known.c).select_from(attempt.outerjoin(known, true()))


@query.later
def set_password(*, user: UUID, password_hash: str) -> Update:
    return users.update().where(users.c.id == user).values(password_hash=password_hash)

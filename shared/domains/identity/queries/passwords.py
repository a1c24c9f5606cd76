"""Statements on passwords, failed attempts at them, and the keys that fall with them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Delete, Update, case, select, true
from sqlalchemy.dialects.postgresql import insert

from shared.core import query
from shared.core.tables import Rows, one_of
from shared.domains.identity.queries.accounts import member, memberships
from shared.domains.identity.rows import AttemptRow
from shared.domains.identity.tables import api_keys, signin_failures, users


@query.one(AttemptRow)
def attempt_password(
    *, email: str | None, user: UUID | None, digest: bytes, account: bytes, now: datetime, until: datetime, most: int
) -> Rows:
    """Count an attempt before it is judged, and find the user it names.

    The count starts again when its time is over; from `most` failures on the time is no longer extended. The counter's
    row stays locked to the end of the transaction, so that parallel guesses are judged one after the other.
    """
    counted = insert(signin_failures).values(digest=digest, account=account, failures=1, until=until)
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
    found = select(users.c.password_hash, *member).select_from(memberships)
    if email is not None:
        found = found.where(users.c.email == email)
    if user is not None:
        found = found.where(users.c.id == user)
    known = found.subquery()
    return select(attempt.c.failures, attempt.c.until, *known.c).select_from(attempt.outerjoin(known, true()))


@query.later
def forget_failures(*, digest: bytes) -> Delete:
    return signin_failures.delete().where(signin_failures.c.digest == digest)


@query.later
def forget_accounts(*, accounts: list[bytes]) -> Delete:
    """Whatever the network that the failures came from."""
    return signin_failures.delete().where(one_of(signin_failures.c.account, accounts))


@query.later
def set_password(*, user: UUID, password_hash: str) -> Update:
    return users.update().where(users.c.id == user).values(password_hash=password_hash)


@query.later
def revoke_keys(*, user: UUID, now: datetime) -> Update:
    return api_keys.update().where(api_keys.c.user_id == user, api_keys.c.revoked_at.is_(None)).values(revoked_at=now)


@query.count
def prune_failures(*, now: datetime) -> Delete:
    return signin_failures.delete().where(signin_failures.c.until < now)

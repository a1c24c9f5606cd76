"""Statements of this domain. Row-level security keeps each to its tenant, except while somebody signs in."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Delete, Insert, Update, func, select
from sqlalchemy.dialects.postgresql import insert

from shared.core import query
from shared.core.tables import Rows
from shared.domains.second_factor.rows import FactorRow, StatusRow
from shared.domains.second_factor.tables import mfa_challenges, user_2fa, user_2fa_logs

factor = tuple(user_2fa.c[name] for name in FactorRow._fields)


@query.count
def set_up(*, user: UUID, tenant: UUID, secret: bytes, now: datetime, until: datetime, today: date) -> Insert:
    """Begin, or begin again; 0 where one is enabled."""
    begun = insert(user_2fa).values(
        user_id=user,
        tenant_id=tenant,
        secret=secret,
        created_at=now,
        pending_until=until,
        last_step=0,
        backup_codes=[],
        used_backup_codes=[],
        failures=0,
        failures_today=0,
        failed_on=today,
    )
    return begun.on_conflict_do_update(
        index_elements=["user_id"],
        set_={"secret": secret, "created_at": now, "pending_until": until},
        where=user_2fa.c.enabled_at.is_(None),
    )


@query.maybe(FactorRow)
def lock_factor(*, user: UUID) -> Rows:
    """The row stays locked to the end of the transaction: codes are judged and spent one after the other."""
    return select(*factor).where(user_2fa.c.user_id == user).with_for_update()


@query.maybe(FactorRow)
def lock_challenged(*, digest: bytes, now: datetime, most: int) -> Rows:
    """The factor that a live challenge asks for. Both rows stay locked, as above."""
    live = mfa_challenges.c.expires_at > now, mfa_challenges.c.failures < most, user_2fa.c.enabled_at.is_not(None)
    found = select(*factor).join_from(user_2fa, mfa_challenges, mfa_challenges.c.user_id == user_2fa.c.user_id)
    return found.where(mfa_challenges.c.digest == digest, *live).with_for_update(of=[user_2fa, mfa_challenges])


@query.later
def enable(*, user: UUID, step: int, codes: list[bytes], now: datetime) -> Update:
    """The code that confirms the set-up is spent by it."""
    pending = user_2fa.c.user_id == user, user_2fa.c.enabled_at.is_(None)
    return user_2fa.update().where(*pending).values(enabled_at=now, last_step=step, backup_codes=codes)


@query.later
def spend_step(*, user: UUID, step: int) -> Update:
    """Compare and set; the failures in a row are over."""
    unspent = user_2fa.c.user_id == user, user_2fa.c.last_step < step
    return user_2fa.update().where(*unspent).values(last_step=step, failures=0)


@query.later
def spend_backup_code(*, user: UUID, digest: bytes) -> Update:
    """Ends the failures in a row, and a block."""
    kept, used = user_2fa.c.backup_codes, user_2fa.c.used_backup_codes
    return (
        user_2fa.update()
        .where(user_2fa.c.user_id == user)
        .values(
            backup_codes=func.array_remove(kept, digest),
            used_backup_codes=func.array_append(used, digest),
            failures=0,
            blocked_at=None,
        )
    )


@query.later
def note_failure(*, user: UUID, failures: int, today: int, day: date, blocked_at: query.Nullable[datetime]) -> Update:
    values = {"failures": failures, "failures_today": today, "failed_on": day, "blocked_at": blocked_at}
    return user_2fa.update().where(user_2fa.c.user_id == user).values(values)


@query.count
def replace_backup_codes(*, user: UUID, codes: list[bytes]) -> Update:
    """0 where no factor is enabled."""
    mine = user_2fa.c.user_id == user, user_2fa.c.enabled_at.is_not(None)
    return user_2fa.update().where(*mine).values(backup_codes=codes, used_backup_codes=[])


@query.later
def remove(*, user: UUID) -> Delete:
    return user_2fa.delete().where(user_2fa.c.user_id == user)


@query.maybe(StatusRow)
def status(*, user: UUID) -> Rows:
    left = func.cardinality(user_2fa.c.backup_codes).label("backup_codes_left")
    mine = user_2fa.c.user_id == user, user_2fa.c.enabled_at.is_not(None)
    return select(user_2fa.c.enabled_at, left, user_2fa.c.blocked_at).where(*mine)


@query.later
def add_challenge(*, digest: bytes, tenant: UUID, user: UUID, now: datetime, expires_at: datetime) -> Insert:
    return mfa_challenges.insert().values(
        digest=digest, tenant_id=tenant, user_id=user, failures=0, created_at=now, expires_at=expires_at
    )


@query.later
def note_challenge_failure(*, digest: bytes) -> Update:
    return (
        mfa_challenges.update().where(mfa_challenges.c.digest == digest).values(failures=mfa_challenges.c.failures + 1)
    )


@query.later
def end_challenge(*, digest: bytes) -> Delete:
    return mfa_challenges.delete().where(mfa_challenges.c.digest == digest)


@query.later
def end_challenges(*, user: UUID) -> Delete:
    return mfa_challenges.delete().where(mfa_challenges.c.user_id == user)


@query.later
def log(*, id: UUID, tenant: UUID, user: UUID, action: str, client_ip: str, user_agent: str, now: datetime) -> Insert:
    return user_2fa_logs.insert().values(
        id=id, tenant_id=tenant, user_id=user, action=action, client_ip=client_ip, user_agent=user_agent, at=now
    )


@query.count
def prune_challenges(*, now: datetime) -> Delete:
    return mfa_challenges.delete().where(mfa_challenges.c.expires_at <= now)


@query.count
def prune_pending(*, now: datetime) -> Delete:
    """Set-ups that nobody confirmed in time."""
    return user_2fa.delete().where(user_2fa.c.enabled_at.is_(None), user_2fa.c.pending_until <= now)

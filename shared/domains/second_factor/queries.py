"""Statements of this domain. Row-level security keeps each to its tenant, except while somebody signs in."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Delete, Insert, Update, false, func, select
from sqlalchemy.dialects.postgresql import insert

from shared.core import query
from shared.core.tables import Rows
from shared.domains.second_factor.rows import Belonging, FactorRow, PhoneRow, StatusRow
from shared.domains.second_factor.tables import mfa_challenges, two_factor_auth, two_factor_logs

factor = tuple(two_factor_auth.c[name] for name in FactorRow._fields[:-4])
of_itself = (
    two_factor_auth.c.code_id,
    two_factor_auth.c.code_sent_at,
    two_factor_auth.c.code_until,
    false().label("break_glass"),
)
of_challenge = (
    mfa_challenges.c.code_id,
    mfa_challenges.c.code_sent_at,
    mfa_challenges.c.expires_at.label("code_until"),
    mfa_challenges.c.break_glass,
)


@query.later
def set_up(
    *,
    of: Belonging,
    method: str,
    secret: query.Nullable[bytes],
    phone: query.Nullable[str],
    backup_codes: list[bytes],
    now: datetime,
    today: date,
    until: datetime,
    code_id: query.Nullable[UUID],
    code_sent_at: query.Nullable[datetime],
    code_until: query.Nullable[datetime],
) -> Insert:
    """Begin, or begin again; nothing where one is enabled."""
    values = {
        "method": method,
        "secret": secret,
        "phone": phone,
        "created_at": now,
        "pending_until": until,
        "last_step": 0,
        "backup_codes": backup_codes,
        "used_backup_codes": [],
        "failures": 0,
        "failures_today": 0,
        "failed_on": today,
        "code_id": code_id,
        "code_sent_at": code_sent_at,
        "code_until": code_until,
    }
    begun = insert(two_factor_auth).values(**of._asdict(), **values)
    return begun.on_conflict_do_update(
        index_elements=["holder_id"], set_=values, where=two_factor_auth.c.enabled_at.is_(None)
    )


@query.maybe(FactorRow)
def lock_factor(*, holder: UUID) -> Rows:
    """The row stays locked to the end of the transaction: codes are judged and spent one after the other."""
    return select(*factor, *of_itself).where(two_factor_auth.c.holder_id == holder).with_for_update()


@query.maybe(FactorRow)
def lock_challenged(*, digest: bytes, now: datetime, most: int) -> Rows:
    """The factor that a live challenge asks for, with the code sent for this one. Both rows stay locked, as above."""
    live = (
        mfa_challenges.c.expires_at > now,
        mfa_challenges.c.failures < most,
        two_factor_auth.c.enabled_at.is_not(None),
    )
    found = select(*factor, *of_challenge).join_from(
        two_factor_auth, mfa_challenges, mfa_challenges.c.holder_id == two_factor_auth.c.holder_id
    )
    return found.where(mfa_challenges.c.digest == digest, *live).with_for_update(of=[two_factor_auth, mfa_challenges])


@query.later
def enable(*, holder: UUID, step: int, codes: list[bytes], now: datetime) -> Update:
    """The code that confirms the set-up, of an app or sent, is spent by it."""
    pending = two_factor_auth.c.holder_id == holder, two_factor_auth.c.enabled_at.is_(None)
    values = {"enabled_at": now, "last_step": step, "backup_codes": codes, "failures": 0, "code_until": now}
    return two_factor_auth.update().where(*pending).values(values)


@query.later
def spend_step(*, holder: UUID, step: int) -> Update:
    """Compare and set; the failures in a row are over."""
    unspent = two_factor_auth.c.holder_id == holder, two_factor_auth.c.last_step < step
    return two_factor_auth.update().where(*unspent).values(last_step=step, failures=0)


@query.later
def spend_sent_code(*, holder: UUID, now: datetime) -> Update:
    """The failures in a row are over."""
    return two_factor_auth.update().where(two_factor_auth.c.holder_id == holder).values(code_until=now, failures=0)


@query.later
def spend_backup_code(*, holder: UUID, digest: bytes) -> Update:
    """Ends the failures in a row, and a block."""
    kept, used = two_factor_auth.c.backup_codes, two_factor_auth.c.used_backup_codes
    return (
        two_factor_auth.update()
        .where(two_factor_auth.c.holder_id == holder)
        .values(
            backup_codes=func.array_remove(kept, digest),
            used_backup_codes=func.array_append(used, digest),
            failures=0,
            blocked_at=None,
        )
    )


@query.later
def note_failure(*, holder: UUID, failures: int, today: int, day: date, blocked_at: query.Nullable[datetime]) -> Update:
    values = {"failures": failures, "failures_today": today, "failed_on": day, "blocked_at": blocked_at}
    return two_factor_auth.update().where(two_factor_auth.c.holder_id == holder).values(values)


@query.count
def replace_backup_codes(*, holder: UUID, codes: list[bytes]) -> Update:
    """0 where no factor is enabled."""
    mine = two_factor_auth.c.holder_id == holder, two_factor_auth.c.enabled_at.is_not(None)
    return two_factor_auth.update().where(*mine).values(backup_codes=codes, used_backup_codes=[])


@query.later
def remove(*, holder: UUID) -> Delete:
    return two_factor_auth.delete().where(two_factor_auth.c.holder_id == holder)


@query.maybe(StatusRow)
def status(*, holder: UUID) -> Rows:
    left = func.cardinality(two_factor_auth.c.backup_codes).label("backup_codes_left")
    mine = two_factor_auth.c.holder_id == holder, two_factor_auth.c.enabled_at.is_not(None)
    shown = two_factor_auth.c.method, two_factor_auth.c.enabled_at, left, two_factor_auth.c.blocked_at
    return select(*shown).where(*mine)


@query.one(PhoneRow)
def phone(*, holder: UUID) -> Rows:
    return select(two_factor_auth.c.phone).where(two_factor_auth.c.holder_id == holder)


@query.later
def note_sent(*, holder: UUID, code_id: UUID, now: datetime, until: datetime) -> Update:
    """The newest code is the one that counts."""
    values = {"code_id": code_id, "code_sent_at": now, "code_until": until}
    return two_factor_auth.update().where(two_factor_auth.c.holder_id == holder).values(values)


@query.later
def add_challenge(
    *,
    digest: bytes,
    of: Belonging,
    now: datetime,
    expires_at: datetime,
    code_id: query.Nullable[UUID],
    break_glass: bool,
) -> Insert:
    return mfa_challenges.insert().values(
        digest=digest,
        **of._asdict(),
        failures=0,
        created_at=now,
        expires_at=expires_at,
        code_id=code_id,
        code_sent_at=now,
        break_glass=break_glass,
    )


@query.later
def note_sent_again(*, digest: bytes, code_id: UUID, now: datetime) -> Update:
    sent = {"code_id": code_id, "code_sent_at": now}
    return mfa_challenges.update().where(mfa_challenges.c.digest == digest).values(sent)


@query.later
def note_challenge_failure(*, digest: bytes) -> Update:
    return (
        mfa_challenges.update().where(mfa_challenges.c.digest == digest).values(failures=mfa_challenges.c.failures + 1)
    )


@query.later
def end_challenge(*, digest: bytes) -> Delete:
    return mfa_challenges.delete().where(mfa_challenges.c.digest == digest)


@query.later
def end_challenges(*, holder: UUID) -> Delete:
    return mfa_challenges.delete().where(mfa_challenges.c.holder_id == holder)


@query.later
def log(*, id: UUID, of: Belonging, action: str, client_ip: str, user_agent: str, now: datetime) -> Insert:
    return two_factor_logs.insert().values(
        id=id, **of._asdict(), action=action, client_ip=client_ip, user_agent=user_agent, at=now
    )


@query.count
def prune_challenges(*, now: datetime) -> Delete:
    return mfa_challenges.delete().where(mfa_challenges.c.expires_at <= now)


@query.count
def prune_pending(*, now: datetime) -> Delete:
    """Set-ups that nobody confirmed in time."""
    return two_factor_auth.delete().where(
        two_factor_auth.c.enabled_at.is_(None), two_factor_auth.c.pending_until <= now
    )

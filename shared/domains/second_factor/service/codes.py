"""Codes judged and spent: the one place where a second factor is shown, whoever asks for it."""

from datetime import datetime
from uuid import UUID

from shared.core import keyed
from shared.core.call import Call
from shared.core.ids import new_id
from shared.domains.platform import public as platform
from shared.domains.second_factor import queries, rules
from shared.domains.second_factor.errors import CodeSpent, CodeWrong, FactorBlocked, FactorNotEnabled
from shared.domains.second_factor.ports import Vault
from shared.domains.second_factor.rows import Belonging, FactorRow, Holder
from shared.domains.second_factor.rules import Failures
from shared.domains.second_factor.service.sending import is_sent_code


def show(call: Call, holder: Holder, code: str, vault: Vault) -> None:
    """Spend a code of somebody who is signed in. FactorNotEnabled, or as `judge`."""
    factor = queries.lock_factor(call.connection, holder=holder.id)
    if factor is None or factor.enabled_at is None:
        raise FactorNotEnabled
    judge(call, holder, factor, code, vault)


def judge(
    call: Call, holder: Holder, factor: FactorRow, code: str, vault: Vault, *, challenge: bytes | None = None
) -> None:
    """Spend a right code. CodeWrong counts as a failure, of the `challenge` too; CodeSpent and FactorBlocked do not.

    The factor's row was locked by the statement that read it: what is compared here is what is set at the commit.
    """
    today = call.now.date()
    failures = Failures(factor.failures, factor.failures_today, factor.failed_on).on(today)
    if failures.today >= rules.SLOW_FROM:
        call.delay = rules.DELAY
    given = rules.plain(code)
    if rules.is_backup_code(given):
        right = _spend_backup_code(call, holder, factor, given)
    elif factor.blocked_at is not None:
        raise FactorBlocked
    elif factor.method == "totp":
        right = _spend_step(call, holder, factor, given, vault)
    else:
        right = _spend_sent_code(call, holder, factor, given)
    if not right:
        _fail(call, holder, factor, failures.one_more(), challenge)
        raise CodeWrong


def step_of(factor: FactorRow, code: str, vault: Vault, now: datetime) -> int | None:
    """The time step whose code this is; None where it is of none about now."""
    assert factor.secret is not None
    return rules.matching_step(vault.open(factor.secret, factor.holder_id).decode(), code, now)


def _spend_step(call: Call, holder: Holder, factor: FactorRow, code: str, vault: Vault) -> bool:
    step = step_of(factor, code, vault, call.now)
    if step is None:
        return False
    if step <= factor.last_step:
        raise CodeSpent
    queries.spend_step(call.connection, holder=holder.id, step=step)
    note(call, holder.belonging, "verified")
    return True


def _spend_sent_code(call: Call, holder: Holder, factor: FactorRow, code: str) -> bool:
    if not is_sent_code(factor, code):
        return False
    if factor.code_until is None or factor.code_until <= call.now:
        raise CodeSpent
    queries.spend_sent_code(call.connection, holder=holder.id, now=call.now)
    note(call, holder.belonging, "verified")
    return True


def _spend_backup_code(call: Call, holder: Holder, factor: FactorRow, code: str) -> bool:
    digest = backup_digest(holder.id, code)
    if digest in factor.used_backup_codes:
        raise CodeSpent
    if digest not in factor.backup_codes:
        return False
    queries.spend_backup_code(call.connection, holder=holder.id, digest=digest)
    note(call, holder.belonging, "verified_backup")
    notify(call, holder, "BACKUP_CODE_USED", left=str(len(factor.backup_codes) - 1))
    return True


def _fail(call: Call, holder: Holder, factor: FactorRow, failures: Failures, challenge: bytes | None) -> None:
    note(call, holder.belonging, "verify_failed")
    blocked_at = factor.blocked_at
    if blocked_at is None and failures.in_a_row >= rules.BLOCKED_FROM:
        blocked_at = call.now
        note(call, holder.belonging, "blocked")
        notify(call, holder, "SECOND_FACTOR_BLOCKED")
    queries.note_failure(
        call.connection,
        holder=holder.id,
        failures=failures.in_a_row,
        today=failures.today,
        day=failures.day,
        blocked_at=blocked_at,
    )
    if challenge is not None:
        queries.note_challenge_failure(call.connection, digest=challenge)


def backup_digest(holder_id: UUID, code: str) -> bytes:
    """What is kept of a plain backup code: useless without the pepper, and under another holder."""
    return keyed.digest(f"backup code {holder_id} {code}")


def notify(call: Call, holder: Holder, template: platform.SecondFactorMail, **values: str) -> None:
    """Ask for a mail to the holder."""
    platform.second_factor_changed(
        call, template, to=holder.email, full_name=holder.full_name, tenant_id=holder.tenant_id, **values
    )


def note(call: Call, of: Belonging, action: str) -> None:
    """One line of the factor's log."""
    queries.log(
        call.connection,
        id=new_id(call.now),
        of=of,
        action=action,
        client_ip=call.client_ip,
        user_agent=call.user_agent,
        now=call.now,
    )

"""Codes judged and spent: the one place where a second factor is shown, whoever asks for it."""

from uuid import UUID

from shared.core import settings
from shared.core.call import Call
from shared.core.ids import new_id
from shared.core.keyed import keyed_digest
from shared.domains.platform import public as platform
from shared.domains.second_factor import queries, rules
from shared.domains.second_factor.errors import CodeSpent, CodeWrong, FactorBlocked, FactorNotEnabled
from shared.domains.second_factor.ports import Vault
from shared.domains.second_factor.rows import FactorRow, Holder
from shared.domains.second_factor.rules import Failures


def show(call: Call, holder: Holder, code: str, vault: Vault) -> None:
    """Spend a code of somebody who is signed in. FactorNotEnabled, or as `judge`."""
    factor = queries.lock_factor(call.connection, user=holder.id)
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
    if rules.is_of_the_app(given):
        if factor.blocked_at is not None:
            raise FactorBlocked
        step = rules.matching_step(vault.open(factor.secret, holder.id).decode(), given, call.now)
        if step is not None and step <= factor.last_step:
            raise CodeSpent
        if step is not None:
            queries.spend_step(call.connection, user=holder.id, step=step)
            note(call, holder.id, holder.tenant_id, "verified")
            return
    else:
        digest = backup_digest(holder.id, given)
        if digest in factor.used_backup_codes:
            raise CodeSpent
        if digest in factor.backup_codes:
            queries.spend_backup_code(call.connection, user=holder.id, digest=digest)
            note(call, holder.id, holder.tenant_id, "verified_backup")
            left = {"left": str(len(factor.backup_codes) - 1)}
            notify(call, holder, "BACKUP_CODE_USED", **left)
            return
    _fail(call, holder, factor, failures.one_more(), challenge)
    raise CodeWrong


def _fail(call: Call, holder: Holder, factor: FactorRow, failures: Failures, challenge: bytes | None) -> None:
    note(call, holder.id, holder.tenant_id, "verify_failed")
    blocked_at = factor.blocked_at
    if blocked_at is None and failures.in_a_row >= rules.BLOCKED_FROM:
        blocked_at = call.now
        note(call, holder.id, holder.tenant_id, "blocked")
        notify(call, holder, "SECOND_FACTOR_BLOCKED")
    queries.note_failure(
        call.connection,
        user=holder.id,
        failures=failures.in_a_row,
        today=failures.today,
        day=failures.day,
        blocked_at=blocked_at,
    )
    if challenge is not None:
        queries.note_challenge_failure(call.connection, digest=challenge)


def backup_digest(holder_id: UUID, code: str) -> bytes:
    """What is kept of a plain backup code: useless without the pepper, and under another holder."""
    return keyed_digest(f"backup code {holder_id} {code}", settings.secret("SESSION_SECRET"))


def notify(call: Call, holder: Holder, template: platform.SecondFactorMail, **values: str) -> None:
    """Ask for a mail to the holder."""
    platform.second_factor_changed(
        call, template, to=holder.email, full_name=holder.full_name, tenant_id=holder.tenant_id, **values
    )


def note(call: Call, user_id: UUID, tenant_id: UUID, action: str) -> None:
    """One line of the factor's log."""
    queries.log(
        call.connection,
        id=new_id(call.now),
        tenant=tenant_id,
        user=user_id,
        action=action,
        client_ip=call.client_ip,
        user_agent=call.headers.get("user-agent", "")[:300],
        now=call.now,
    )

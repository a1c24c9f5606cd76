"""The life of a factor: set up, enabled by its first code, given new backup codes, removed."""

import secrets
from uuid import UUID

from shared.core import settings
from shared.core.call import Call
from shared.core.errors import Invalid
from shared.domains.second_factor import queries, rules
from shared.domains.second_factor.errors import CodeWrong, FactorAlreadyEnabled, FactorNotEnabled, SetUpMissing
from shared.domains.second_factor.ports import Vault
from shared.domains.second_factor.rows import Belonging, FactorRow, Holder, belonging
from shared.domains.second_factor.schemas import (
    BackupCodes,
    BackupCodesLeft,
    CodeSent,
    CodeSentWithBackupCodes,
    NewFactor,
    SetUp,
    SetUpWithBackupCodes,
    Status,
)
from shared.domains.second_factor.service import sending
from shared.domains.second_factor.service.codes import backup_digest, judge, note, notify, show, step_of

NO_FACTOR = Status(enabled=False, enabled_at=None, methods=[], weak=False, backup_codes_left=0, blocked=False)


def set_up(call: Call, holder: Holder, wanted: NewFactor, vault: Vault) -> SetUp | CodeSent:
    """A new secret, or a code that is sent; it counts for nothing until a code confirms it.

    FactorAlreadyEnabled; CodeJustSent where one was sent within the minute.
    """
    return _begin(call, holder, wanted, vault, [])


def set_up_with_backup_codes(
    call: Call, holder: Holder, wanted: NewFactor, vault: Vault
) -> SetUpWithBackupCodes | CodeSentWithBackupCodes:
    """The same with the backup codes, which count for nothing until then either."""
    codes, digests = _new_backup_codes(holder.id)
    begun = _begin(call, holder, wanted, vault, digests)
    shown = begun.model_dump() | codes.model_dump()
    return SetUpWithBackupCodes(**shown) if isinstance(begun, SetUp) else CodeSentWithBackupCodes(**shown)


def enable(call: Call, holder: Holder, code: str, vault: Vault) -> BackupCodes:
    """From now on sign-in wants the factor. SetUpMissing, FactorAlreadyEnabled, CodeWrong."""
    factor = queries.lock_factor(call.connection, holder=holder.id)
    if factor is not None and factor.enabled_at is not None:
        raise FactorAlreadyEnabled
    codes, digests = _new_backup_codes(holder.id)
    _confirm(call, holder, factor, code, vault, digests)
    return codes


def enable_or_show(call: Call, holder: Holder, code: str, vault: Vault) -> bool:
    """Whether the code confirmed a set-up, whose backup codes then count; else it was one of the enabled factor.

    SetUpMissing, or as `judge`.
    """
    factor = queries.lock_factor(call.connection, holder=holder.id)
    if factor is None or factor.enabled_at is None:
        _confirm(call, holder, factor, code, vault, factor.backup_codes if factor else [])
        return True
    judge(call, holder, factor, code, vault)
    return False


def send_code(call: Call, holder: Holder) -> CodeSent:
    """A code for somebody who is signed in, to be shown or to confirm a set-up. FactorNotEnabled, or as `send_of`."""
    factor = queries.lock_factor(call.connection, holder=holder.id)
    if factor is None or (factor.enabled_at is None and factor.pending_until <= call.now):
        raise FactorNotEnabled
    code_id = sending.send_of(call, holder, factor)
    queries.note_sent(
        call.connection, holder=holder.id, code_id=code_id, now=call.now, until=call.now + rules.SENT_LIVES
    )
    return sending.shown(holder, factor.phone)


def regenerate_backup_codes(call: Call) -> BackupCodes:
    """Ten new ones for the caller; the old ones die. FactorNotEnabled."""
    mine = _of_caller(call)
    codes, digests = _new_backup_codes(mine.holder_id)
    if not queries.replace_backup_codes(call.connection, holder=mine.holder_id, codes=digests):
        raise FactorNotEnabled
    note(call, mine, "regenerated")
    return codes


def disable(call: Call, holder: Holder, code: str | None, vault: Vault) -> Status:
    """From now on a password is enough. As `show`; without a code it is for who has just shown one (`step_up`)."""
    if code is not None:
        show(call, holder, code, vault)
    elif (factor := queries.lock_factor(call.connection, holder=holder.id)) is None or factor.enabled_at is None:
        raise FactorNotEnabled
    queries.remove(call.connection, holder=holder.id)
    note(call, holder.belonging, "disabled")
    notify(call, holder, "SECOND_FACTOR_DISABLED")
    return NO_FACTOR


def reset_factor(call: Call, holder: Holder) -> None:
    """Another admin takes it away from somebody who cannot show it any more, with every sign-in that waits for it.

    FactorNotEnabled where there is none. Who resets it ends the holder's sessions too.
    """
    if queries.lock_factor(call.connection, holder=holder.id) is None:
        raise FactorNotEnabled
    queries.remove(call.connection, holder=holder.id)
    queries.end_challenges(call.connection, holder=holder.id)
    note(call, holder.belonging, "reset")
    notify(call, holder, "SECOND_FACTOR_RESET")


def forfeit(call: Call, user_id: UUID, tenant_id: UUID) -> None:
    """Remove the factor of a user who has just proved to be somebody else than may have set it up."""
    queries.remove(call.connection, holder=user_id)
    note(call, belonging(user_id, tenant_id), "forfeited")


def get_status(call: Call) -> Status:
    """Of the caller."""
    found = queries.status(call.connection, holder=_of_caller(call).holder_id)
    if found is None:
        return NO_FACTOR
    blocked = found.blocked_at is not None
    methods = [] if blocked else [found.method]
    if blocked or found.backup_codes_left:
        methods.append("backup_code")
    shown = found._asdict() | {"enabled": True, "methods": methods, "weak": found.method != "totp"}
    return Status.model_validate(shown | {"blocked": blocked})


def count_backup_codes(call: Call) -> BackupCodesLeft:
    """The caller's."""
    found = queries.status(call.connection, holder=_of_caller(call).holder_id)
    return BackupCodesLeft(backup_codes_left=found.backup_codes_left if found else 0, expires_at=None)


def prune(call: Call) -> int:
    """Delete challenges that are over and set-ups that nobody confirmed; how many."""
    challenges = queries.prune_challenges(call.connection, now=call.now)
    return challenges + queries.prune_pending(call.connection, now=call.now)


def _begin(call: Call, holder: Holder, wanted: NewFactor, vault: Vault, backup_codes: list[bytes]) -> SetUp | CodeSent:
    if (wanted.method == "sms") != (wanted.phone is not None):
        raise Invalid.at("#/phone", "Give the number that codes are texted to; method sms alone takes one.")
    known = queries.lock_factor(call.connection, holder=holder.id)
    if known is not None and known.enabled_at is not None:
        raise FactorAlreadyEnabled
    secret = _new_secret() if wanted.method == "totp" else None
    if known is not None and secret is None:
        sending.check_pace(call, known)
    code_id = None if secret else sending.send(call, holder, wanted.phone)
    queries.set_up(
        call.connection,
        of=holder.belonging,
        method=wanted.method,
        secret=vault.seal(secret.encode(), holder.id) if secret else None,
        phone=wanted.phone,
        backup_codes=backup_codes,
        now=call.now,
        today=call.now.date(),
        until=call.now + rules.PENDING,
        code_id=code_id,
        code_sent_at=call.now if code_id else known and known.code_sent_at,
        code_until=call.now + rules.SENT_LIVES if code_id else None,
    )
    note(call, holder.belonging, "set_up")
    if secret is None:
        return sending.shown(holder, wanted.phone)
    url = rules.otpauth_url(secret, holder.email, settings.read("TOTP_ISSUER_NAME"))
    return SetUp(secret=secret, otpauth_url=url, qr_png=_qr_png(url))


def _confirm(
    call: Call, holder: Holder, factor: FactorRow | None, code: str, vault: Vault, backup_codes: list[bytes]
) -> None:
    if factor is None or factor.pending_until <= call.now or factor.failures >= rules.MOST_TRIES:
        raise SetUpMissing
    given, step = rules.plain(code), None
    if factor.method == "totp":
        step = step_of(factor, given, vault, call.now)
    elif factor.code_until and factor.code_until > call.now and sending.is_sent_code(factor, given):
        step = 0
    if step is None:
        queries.note_failure(
            call.connection,
            holder=holder.id,
            failures=factor.failures + 1,
            today=factor.failures_today,
            day=factor.failed_on,
            blocked_at=None,
        )
        raise CodeWrong
    queries.enable(call.connection, holder=holder.id, step=step, codes=backup_codes, now=call.now)
    note(call, holder.belonging, "enabled")
    notify(call, holder, "SECOND_FACTOR_ENABLED")


def _new_secret() -> str:
    from pyotp import random_base32

    return random_base32()  # 160 bits


def _of_caller(call: Call) -> Belonging:
    if call.actor.is_admin:
        return belonging(call.admin_id, None)
    return belonging(call.user_id, call.tenant_id)


def _new_backup_codes(holder_id: UUID) -> tuple[BackupCodes, list[bytes]]:
    """As they are shown, and as they are kept."""
    codes = [
        "".join(secrets.choice(rules.ALPHABET) for _ in range(rules.BACKUP_LENGTH)) for _ in range(rules.BACKUP_CODES)
    ]
    shown = BackupCodes(backup_codes=[rules.grouped(code) for code in codes])
    return shown, [backup_digest(holder_id, code) for code in codes]


def _qr_png(url: str) -> str:
    import segno

    return segno.make(url, error="m", micro=False).png_data_uri(scale=5)

"""The life of a factor: set up, enabled by its first code, given new backup codes, removed."""

import secrets
from uuid import UUID

from shared.core import settings
from shared.core.call import Call
from shared.domains.second_factor import queries, rules
from shared.domains.second_factor.errors import CodeWrong, FactorAlreadyEnabled, FactorNotEnabled, SetUpMissing
from shared.domains.second_factor.ports import Vault
from shared.domains.second_factor.rows import Holder
from shared.domains.second_factor.schemas import BackupCodes, Method, SetUp, Status
from shared.domains.second_factor.service.codes import backup_digest, note, notify, show

NO_FACTOR = Status(enabled=False, enabled_at=None, methods=[], backup_codes_left=0, blocked=False)


def set_up(call: Call, holder: Holder, vault: Vault) -> SetUp:
    """A new secret, which counts for nothing until a code confirms it. FactorAlreadyEnabled."""
    from pyotp import random_base32

    secret = random_base32()  # 160 bits
    begun = queries.set_up(
        call.connection,
        user=holder.id,
        tenant=holder.tenant_id,
        secret=vault.seal(secret.encode(), holder.id),
        now=call.now,
        until=call.now + rules.PENDING,
        today=call.now.date(),
    )
    if not begun:
        raise FactorAlreadyEnabled
    note(call, holder.id, holder.tenant_id, "set_up")
    url = rules.otpauth_url(secret, holder.email, settings.read("TOTP_ISSUER_NAME"))
    return SetUp(secret=secret, otpauth_url=url, qr_png=_qr_png(url))


def enable(call: Call, holder: Holder, code: str, vault: Vault) -> BackupCodes:
    """From now on sign-in wants the factor. SetUpMissing, FactorAlreadyEnabled, CodeWrong."""
    factor = queries.lock_factor(call.connection, user=holder.id)
    if factor is not None and factor.enabled_at is not None:
        raise FactorAlreadyEnabled
    if factor is None or factor.pending_until <= call.now:
        raise SetUpMissing
    step = rules.matching_step(vault.open(factor.secret, holder.id).decode(), rules.plain(code), call.now)
    if step is None:
        raise CodeWrong
    codes, digests = _new_backup_codes(holder.id)
    queries.enable(call.connection, user=holder.id, step=step, codes=digests, now=call.now)
    note(call, holder.id, holder.tenant_id, "enabled")
    notify(call, holder, "SECOND_FACTOR_ENABLED")
    return codes


def regenerate_backup_codes(call: Call) -> BackupCodes:
    """Ten new ones for the signed-in user; the old ones die. FactorNotEnabled."""
    codes, digests = _new_backup_codes(call.user_id)
    if not queries.replace_backup_codes(call.connection, user=call.user_id, codes=digests):
        raise FactorNotEnabled
    note(call, call.user_id, call.tenant_id, "regenerated")
    return codes


def disable(call: Call, holder: Holder, code: str, vault: Vault) -> Status:
    """From now on a password is enough. As `show`."""
    show(call, holder, code, vault)
    queries.remove(call.connection, user=holder.id)
    note(call, holder.id, holder.tenant_id, "disabled")
    notify(call, holder, "SECOND_FACTOR_DISABLED")
    return NO_FACTOR


def forfeit(call: Call, user_id: UUID, tenant_id: UUID) -> None:
    """Remove the factor of a user who has just proved to be somebody else than may have set it up."""
    queries.remove(call.connection, user=user_id)
    note(call, user_id, tenant_id, "forfeited")


def get_status(call: Call) -> Status:
    """Of the signed-in user."""
    found = queries.status(call.connection, user=call.user_id)
    if found is None:
        return NO_FACTOR
    blocked = found.blocked_at is not None
    methods: list[Method] = [] if blocked else ["totp"]
    if blocked or found.backup_codes_left:
        methods.append("backup_code")
    return Status(
        enabled=True,
        enabled_at=found.enabled_at,
        methods=methods,
        backup_codes_left=found.backup_codes_left,
        blocked=blocked,
    )


def prune(call: Call) -> int:
    """Delete challenges that are over and set-ups that nobody confirmed; how many."""
    challenges = queries.prune_challenges(call.connection, now=call.now)
    return challenges + queries.prune_pending(call.connection, now=call.now)


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

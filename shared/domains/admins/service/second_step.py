"""A second factor and its admin's sessions: what it stamps and ends. Codes themselves are judged by second_factor."""

from shared.core.call import Call
from shared.domains.admins.errors import AdminNotFound
from shared.domains.admins.queries import accounts
from shared.domains.admins.queries import sessions as queries
from shared.domains.admins.schemas.factors import AppCode, FactorShown
from shared.domains.admins.service.accounts import holder_of
from shared.domains.admins.service.session_ends import end_sessions_of
from shared.domains.second_factor import public as second_factor
from shared.domains.second_factor.public import (
    BackupCodes,
    BackupCodesLeft,
    Challenged,
    CodeSent,
    CodeSentWithBackupCodes,
    ConfirmingCode,
    GivenCode,
    Holder,
    NewFactor,
    SetUpWithBackupCodes,
    Status,
    SteppedUp,
    Vault,
)


def get_status(call: Call) -> Status:
    """The caller's."""
    return second_factor.get_status(call)


def count_backup_codes(call: Call) -> BackupCodesLeft:
    """The caller's."""
    return second_factor.count_backup_codes(call)


def regenerate_backup_codes(call: Call) -> BackupCodes:
    """Ten new ones for the caller; the old ones die."""
    return second_factor.regenerate_backup_codes(call)


def enable(call: Call, wanted: NewFactor, vault: Vault) -> SetUpWithBackupCodes | CodeSentWithBackupCodes:
    """Begin with a second factor; it and its backup codes count from the code on that `verify` gets."""
    return second_factor.set_up_with_backup_codes(call, _caller(call), wanted, vault)


def verify(call: Call, given: AppCode, vault: Vault) -> FactorShown:
    """Confirm what was set up, which ends the other sessions; or show the factor again."""
    enrolled = second_factor.enable_or_show(call, _caller(call), given.totp_code, vault)
    if enrolled:
        end_sessions_of(call, call.admin_id, but=call.actor.session_id)
    _stamp(call)
    return FactorShown(factor_at=call.now, enrolled=enrolled, refresh_needed="must_enrol" in call.actor.marks)


def step_up(call: Call, given: GivenCode, vault: Vault) -> SteppedUp:
    """Show the factor again, for operations that want a fresh one."""
    second_factor.show(call, _caller(call), given.code, vault)
    _stamp(call)
    return SteppedUp(factor_at=call.now)


def disable(call: Call, given: ConfirmingCode, vault: Vault) -> Status:
    """From now on the password is enough, or, where a factor is compulsory, only for setting up another."""
    return second_factor.disable(call, _caller(call), given.code, vault)


def send_code(call: Call) -> CodeSent:
    """Another code, for an admin who is logged in and whose codes are sent."""
    return second_factor.send_code(call, _caller(call))


def send_login_code(call: Call, given: Challenged) -> CodeSent:
    """Another code for a login that waits for it."""
    taken = second_factor.take_challenge(call, given.challenge_token)
    admin = accounts.admin_by_id(call.connection, admin_id=taken.holder_id)
    if admin is None:
        raise second_factor.ChallengeOver
    return second_factor.send_again(call, taken, holder_of(admin))


def _stamp(call: Call) -> None:
    if call.actor.session_id:
        queries.stamp_factor(call.connection, id=call.actor.session_id, now=call.now)


def _caller(call: Call) -> Holder:
    found = accounts.admin_by_id(call.connection, admin_id=call.admin_id)
    if found is None:
        raise AdminNotFound
    return holder_of(found)

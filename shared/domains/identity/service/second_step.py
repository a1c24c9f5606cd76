"""A second factor and its user's sessions: what it stamps and ends. Codes themselves are judged by second_factor."""

from shared.core.call import Call
from shared.domains.identity.errors import PasswordWrong, UserNotFound
from shared.domains.identity.queries import accounts
from shared.domains.identity.queries import sessions as queries
from shared.domains.identity.rows import MemberRow
from shared.domains.identity.service.password_checks import member_by_password
from shared.domains.identity.service.session_ends import end_sessions_of
from shared.domains.second_factor import public as second_factor
from shared.domains.second_factor.public import (
    BackupCodes,
    Challenged,
    CodeSent,
    GivenCode,
    Holder,
    NewFactor,
    Removal,
    SetUp,
    Status,
    SteppedUp,
    Vault,
)


def set_up(call: Call, wanted: NewFactor, vault: Vault) -> SetUp | CodeSent:
    """Begin with a second factor: its secret, or a code that is sent, to be confirmed by `enable`."""
    return second_factor.set_up(call, holder_of(_caller(call)), wanted, vault)


def send_code(call: Call) -> CodeSent:
    """Another code, for somebody who is signed in and whose codes are sent."""
    return second_factor.send_code(call, holder_of(_caller(call)))


def send_sign_in_code(call: Call, given: Challenged) -> CodeSent:
    """Another code for a sign-in that waits for it."""
    taken = second_factor.take_challenge(call, given.challenge_token)
    member = accounts.member_by_id(call.connection, user=taken.holder_id)
    if member is None:
        raise second_factor.ChallengeOver
    return second_factor.send_again(call, taken, holder_of(member))


def enable(call: Call, given: GivenCode, vault: Vault) -> BackupCodes:
    """From now on sign-in wants it. The other sessions end; in this one it was shown."""
    codes = second_factor.enable(call, holder_of(_caller(call)), given.code, vault)
    end_sessions_of(call, call.user_id, but=call.actor.session_id)
    _stamp(call)
    return codes


def step_up(call: Call, given: GivenCode, vault: Vault) -> SteppedUp:
    """Show the factor again, for operations that want a fresh one."""
    second_factor.show(call, holder_of(_caller(call)), given.code, vault)
    _stamp(call)
    return SteppedUp(factor_at=call.now)


def disable(call: Call, given: Removal, vault: Vault) -> Status:
    """From now on the password is enough. PasswordWrong is counted, and not as a wrong code."""
    member = member_by_password(call, call.user_id, given.password)
    if member is None:
        raise PasswordWrong.at("#/password", "This is not your password.")
    return second_factor.disable(call, holder_of(member), given.code, vault)


def holder_of(member: MemberRow) -> Holder:
    """As second factors know him."""
    return Holder(member.user_id, member.tenant_id, member.email, member.full_name)


def _stamp(call: Call) -> None:
    if call.actor.session_id:
        queries.stamp_factor(call.connection, id=call.actor.session_id, now=call.now)


def _caller(call: Call) -> MemberRow:
    found = accounts.member_by_id(call.connection, user=call.user_id)
    if found is None:
        raise UserNotFound
    return found

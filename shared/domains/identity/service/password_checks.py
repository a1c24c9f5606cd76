"""Whether a password is right: every attempt is counted before it is judged."""

from uuid import UUID

from shared.core import attempts, keyed
from shared.core import queries as core_queries
from shared.core.attempts import LOCKED_FOR, MOST_FAILURES
from shared.core.call import Call
from shared.domains.identity.errors import SigninLocked
from shared.domains.identity.queries import passwords as queries
from shared.domains.identity.rows import MemberRow
from shared.domains.identity.service.auth_log import note


def member_by_password(call: Call, user_id: UUID, password: str) -> MemberRow | None:
    """The signed-in user, if this is his password; counted apart from attempts to sign in."""
    counter = own_counter(user_id)
    return judged(call, password, counter=counter, account=counter, user=user_id, failure="password_refused")


def judged(
    call: Call,
    password: str,
    *,
    counter: str,
    account: str,
    failure: str,
    email: str | None = None,
    user: UUID | None = None,
) -> MemberRow | None:
    """The user of this address or id, if it is his password. Nobody and a wrong password cost alike.

    After MOST_FAILURES on one `counter` every attempt is refused until LOCKED_FOR has passed: SigninLocked.
    A counter is of an `account`, whose counters are all forgotten together.
    """
    digest = keyed.digest(counter)
    attempt = queries.attempt_password(
        call.connection,
        email=email,
        user=user,
        digest=digest,
        account=keyed.digest(account),
        now=call.now,
        until=call.now + LOCKED_FOR,
        most=MOST_FAILURES,
    )
    if seconds := attempts.seconds_locked(attempt.failures, attempt.until, call.now):
        note(call, "signin_locked", user=attempt.user_id, tenant=attempt.tenant_id)
        raise SigninLocked(retry_after=seconds)
    if attempts.is_right(call, digest, attempt.password_hash, password):
        return MemberRow._make(attempt[3:])
    note(call, failure, user=attempt.user_id, tenant=attempt.tenant_id)
    return None


def forget_failures(call: Call, user_id: UUID, email: str) -> None:
    """Start every counter of this user anew."""
    core_queries.forget_accounts(call.connection, accounts=[keyed.digest(email), keyed.digest(own_counter(user_id))])


def own_counter(user_id: UUID) -> str:
    """Names the counter of what a signed-in user tries, from wherever."""
    return f"password of {user_id}"

"""Sessions: opened by a password, kept by refresh tokens that work once."""

from datetime import timedelta
from uuid import UUID

from shared.core import passwords, settings, tokens
from shared.core.call import Call
from shared.core.ids import new_id
from shared.domains.identity import queries, rules
from shared.domains.identity.errors import RefreshTokenInvalid, SigninLocked, WrongCredentials
from shared.domains.identity.rows import MemberRow
from shared.domains.identity.schemas import Credentials, SignedIn, Tokens
from shared.domains.identity.service.accounts import tenant_of, user_of

SESSION_LIFETIME = timedelta(days=30)
LOCKED_FOR = timedelta(minutes=30)
MOST_FAILURES = 5


def sign_in(call: Call, given: Credentials) -> SignedIn:
    """Tokens for the right password. Unknown address and wrong password answer alike and cost alike.

    After MOST_FAILURES for one address from one network every attempt is refused until LOCKED_FOR has passed.
    """
    counter = f"{given.email} {rules.network(call.client_ip)}"
    digest = tokens.keyed_digest(counter, settings.secret("SESSION_SECRET"))
    attempt = queries.attempt_signin(
        call.connection,
        email=given.email,
        digest=digest,
        now=call.now,
        until=call.now + LOCKED_FOR,
        most=MOST_FAILURES,
    )
    if attempt.failures > MOST_FAILURES:
        raise SigninLocked(retry_after=max(1, int((attempt.until - call.now).total_seconds())))
    if attempt.password_hash is None:
        passwords.verify_nothing(given.password)
        raise WrongCredentials
    if not passwords.verify(attempt.password_hash, given.password):
        raise WrongCredentials
    queries.forget_failures(call.connection, digest=digest)
    return open_session(call, MemberRow._make(attempt[3:]))


def refresh(call: Call, refresh_token: str) -> Tokens:
    """A new pair of tokens for an unused refresh token; a used one ends the session it belongs to."""
    digest = tokens.keyed_digest(refresh_token, settings.secret("SESSION_SECRET"))
    found = queries.use_refresh_token(call.connection, digest=digest, now=call.now)
    if found is None:
        queries.end_session_of(call.connection, digest=digest, now=call.now)
        raise RefreshTokenInvalid
    return _tokens(call, found.user_id, found.tenant_id, found.session_id, found.role)


def open_session(call: Call, member: MemberRow) -> SignedIn:
    """A new session with its first tokens; the rows travel with the next flush."""
    session_id = new_id(call.now)
    queries.add_session(
        call.connection,
        id=session_id,
        tenant=member.tenant_id,
        user=member.user_id,
        user_agent=call.headers.get("user-agent", "")[:300],
        client_ip=call.client_ip,
        now=call.now,
        expires_at=call.now + SESSION_LIFETIME,
    )
    issued = _tokens(call, member.user_id, member.tenant_id, session_id, member.role)
    return SignedIn(user=user_of(member), tenant=tenant_of(member), **issued.model_dump())


def _tokens(call: Call, user_id: UUID, tenant_id: UUID, session_id: UUID, role: str) -> Tokens:
    secret = tokens.new_secret()
    digest = tokens.keyed_digest(secret, settings.secret("SESSION_SECRET"))
    queries.add_refresh_token(call.connection, digest=digest, tenant=tenant_id, session=session_id, now=call.now)
    access = tokens.issue(user_id, tenant_id, session_id, role, call.now, settings.secret("SIGNING_KEY"))
    return Tokens(access_token=access, refresh_token=secret, token_type="Bearer", expires_in=tokens.LIFETIME)

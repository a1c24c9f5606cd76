"""Signing up, in and out; profile and tenant."""

from datetime import timedelta
from uuid import UUID

from shared.core import db, passwords, settings, tokens
from shared.core.call import Call
from shared.core.errors import Unauthenticated
from shared.core.ids import new_id
from shared.domains.identity import queries, rules
from shared.domains.identity.errors import (
    EmailTaken,
    RefreshTokenInvalid,
    SigninLocked,
    UserNotFound,
    WrongCredentials,
)
from shared.domains.identity.rows import MemberRow
from shared.domains.identity.schemas import (
    Account,
    Credentials,
    Profile,
    ProfileChanges,
    SignedIn,
    SignUp,
    Tenant,
    TenantChanges,
    TenantSummary,
    Tokens,
    User,
)
from shared.domains.platform import public as platform
from shared.domains.pricing import public as pricing

SESSION_LIFETIME = timedelta(days=30)
LOCKED_FOR = timedelta(minutes=30)
MOST_FAILURES = 5


def sign_up(call: Call, given: SignUp) -> SignedIn:
    """A new user, owner of a new tenant with the usual prices; greeted by mail. EmailTaken if the address is known."""
    now, user_id, tenant_id = call.now, new_id(call.now), new_id(call.now)
    hashed = passwords.hash(given.password)
    try:
        queries.add_user(
            call.connection,
            id=user_id,
            email=given.email,
            password_hash=hashed,
            full_name=given.full_name,
            locale="en-IN",
            now=now,
        )
    except db.DatabaseError as error:
        if db.violated(error) == "users_email_key":
            raise EmailTaken from None
        raise
    zone, currency = "Asia/Kolkata", "INR"
    queries.add_tenant(
        call.connection, id=tenant_id, name=given.company_name, time_zone=zone, currency=currency, now=now
    )
    queries.add_member(call.connection, tenant=tenant_id, user=user_id, role="owner", now=now)
    pricing.set_up(call, tenant_id)
    platform.welcome(
        call, to=given.email, full_name=given.full_name, company_name=given.company_name, tenant_id=tenant_id
    )
    company = given.company_name
    member = MemberRow(user_id, given.email, given.full_name, False, "owner", tenant_id, company, zone, currency)
    return _signed_in(call, member)


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
    return _signed_in(call, MemberRow._make(attempt[3:]))


def refresh(call: Call, refresh_token: str) -> Tokens:
    """A new pair of tokens for an unused refresh token; a used one ends the session it belongs to."""
    digest = tokens.keyed_digest(refresh_token, settings.secret("SESSION_SECRET"))
    found = queries.use_refresh_token(call.connection, digest=digest, now=call.now)
    if found is None:
        queries.end_session_of(call.connection, digest=digest, now=call.now)
        raise RefreshTokenInvalid
    return _tokens(call, found.user_id, found.tenant_id, found.session_id, found.role)


def sign_out(call: Call) -> None:
    """End the session: its access token is refused from the next request on."""
    session = call.actor.session_id
    if session is None:
        raise Unauthenticated
    queries.end_session(call.connection, id=session, now=call.now)


def get_account(call: Call) -> Account:
    """The signed-in user and his tenant."""
    found = queries.member_by_id(call.connection, user=call.user_id)
    if found is None:
        raise UserNotFound
    return Account(user=_user(found), tenant=_tenant(found))


def get_profile(call: Call) -> Profile:
    """The signed-in user's own data."""
    found = queries.profile_by_id(call.connection, user=call.user_id)
    if found is None:
        raise UserNotFound
    return Profile.model_validate(found._asdict())


def change_profile(call: Call, changes: ProfileChanges) -> Profile:
    """Change what is given, keep the rest."""
    given = changes.model_dump(mode="json", exclude_unset=True)
    found = queries.change_profile(call.connection, user=call.user_id, changes=given)
    if found is None:
        raise UserNotFound
    return Profile.model_validate(found._asdict())


def get_tenant(call: Call) -> Tenant:
    """The company of the signed-in user."""
    found = queries.tenant_by_id(call.connection, tenant=call.tenant_id)
    if found is None:
        raise UserNotFound
    return Tenant.model_validate(found._asdict())


def change_tenant(call: Call, changes: TenantChanges) -> Tenant:
    """Change what is given, keep the rest."""
    given = changes.model_dump(mode="json", exclude_unset=True)
    found = queries.change_tenant(call.connection, tenant=call.tenant_id, changes=given)
    if found is None:
        raise UserNotFound
    return Tenant.model_validate(found._asdict())


def prune(call: Call) -> int:
    """Delete sessions that ended over a day ago, with their refresh tokens, and lapsed sign-in counters; how many."""
    sessions = queries.prune_sessions(call.connection, before=call.now - timedelta(days=1))
    return sessions + queries.prune_failures(call.connection, now=call.now)


def _signed_in(call: Call, member: MemberRow) -> SignedIn:
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
    return SignedIn(user=_user(member), tenant=_tenant(member), **issued.model_dump())


def _tokens(call: Call, user_id: UUID, tenant_id: UUID, session_id: UUID, role: str) -> Tokens:
    secret = tokens.new_secret()
    digest = tokens.keyed_digest(secret, settings.secret("SESSION_SECRET"))
    queries.add_refresh_token(call.connection, digest=digest, tenant=tenant_id, session=session_id, now=call.now)
    access = tokens.issue(user_id, tenant_id, session_id, role, call.now, settings.secret("SIGNING_KEY"))
    return Tokens(access_token=access, refresh_token=secret, token_type="Bearer", expires_in=tokens.LIFETIME)


def _user(member: MemberRow) -> User:
    return User(
        id=member.user_id,
        email=member.email,
        full_name=member.full_name,
        role=member.role,
        email_verified=member.email_verified,
    )


def _tenant(member: MemberRow) -> TenantSummary:
    return TenantSummary(
        id=member.tenant_id, name=member.tenant_name, time_zone=member.time_zone, currency=member.currency
    )

"""Sessions: opened by a password and, of whom has one, a second factor; kept by refresh tokens that work once."""

from datetime import timedelta
from uuid import UUID

from shared.core import keyed, settings, tokens
from shared.core.addresses import network
from shared.core.call import Call
from shared.core.ids import new_id
from shared.domains.identity.errors import (
    RefreshTokenInvalid,
    TenantClosed,
    TenantSuspended,
    UserDisabled,
    WrongCredentials,
)
from shared.domains.identity.queries import accounts
from shared.domains.identity.queries import sessions as queries
from shared.domains.identity.rows import MemberRow
from shared.domains.identity.schemas import Credentials, SignedIn, Tokens
from shared.domains.identity.service.accounts import tenant_of, user_of
from shared.domains.identity.service.auth_log import note, note_reuse
from shared.domains.identity.service.password_checks import judged
from shared.domains.identity.service.second_step import holder_of
from shared.domains.identity.service.session_rows import add_session
from shared.domains.second_factor import public as second_factor

SESSION_LIFETIME = timedelta(days=30)


def sign_in(call: Call, given: Credentials) -> SignedIn | second_factor.Challenge:
    """Tokens for the right password, or what to show besides. Failures count per address and network; see judged."""
    counter = f"{given.email} {network(call.client_ip)}"
    member = judged(
        call, given.password, counter=counter, account=given.email, email=given.email, failure="signin_failed"
    )
    if member is None:
        raise WrongCredentials
    if member.second_factors is not None:
        return second_factor.challenge(call, holder_of(member), member.second_factors)
    return open_session(call, member)


def complete_sign_in(call: Call, given: second_factor.ChallengeAnswer, vault: second_factor.Vault) -> SignedIn:
    """Tokens for a code, after the challenge that `sign_in` gave. Refusals: see second_factor's `judge`."""
    challenged = second_factor.take_challenge(call, given.challenge_token)
    member = accounts.member_by_id(call.connection, user=challenged.holder_id)
    if member is None:
        raise second_factor.ChallengeOver
    second_factor.answer_challenge(call, challenged, holder_of(member), given.code, vault)
    return open_session(call, member, with_factor=True)


def refresh(call: Call, refresh_token: str) -> Tokens:
    """A new pair of tokens for an unused refresh token; a used one ends the session it belongs to."""
    digest = keyed.digest(refresh_token)
    found = queries.use_refresh_token(call.connection, digest=digest, now=call.now)
    if found is None:
        queries.end_session_of(call.connection, digest=digest, now=call.now)
        note_reuse(call, digest)
        raise RefreshTokenInvalid
    return _tokens(call, found.user_id, found.tenant_id, found.session_id, found.role, found.verification)


def open_session(call: Call, member: MemberRow, event: str = "signed_in", *, with_factor: bool = False) -> SignedIn:
    """A new session with its first tokens, whatever session the caller had; the rows travel with the next flush.

    UserDisabled, TenantClosed or TenantSuspended if there is nothing to work on. `with_factor`: the second factor was
    shown just now; who opens a session without it has made sure that none is wanted.
    """
    if member.disabled_at is not None:
        raise UserDisabled
    if member.erase_at is not None:
        raise TenantClosed(erase_at=member.erase_at.isoformat())
    if member.suspension_reason is not None:
        raise TenantSuspended(reason=member.suspension_reason)
    session_id = new_id(call.now)
    add_session(
        call,
        id=session_id,
        tenant_id=member.tenant_id,
        user_id=member.user_id,
        expires_at=call.now + SESSION_LIFETIME,
        factor_at=call.now if with_factor else None,
    )
    note(call, event, user=member.user_id, tenant=member.tenant_id)
    issued = _tokens(call, member.user_id, member.tenant_id, session_id, member.role, member.verification)
    return SignedIn(user=user_of(member), tenant=tenant_of(member), **issued.model_dump())


def _tokens(call: Call, user_id: UUID, tenant_id: UUID, session_id: UUID, role: str, verification: str) -> Tokens:
    """Where the tenant is not known to be approved, the access token says so: then the database is asked."""
    secret, marks = keyed.new_secret(), "" if verification == "approved" else "unapproved"
    queries.add_refresh_token(
        call.connection, digest=keyed.digest(secret), tenant=tenant_id, session=session_id, now=call.now
    )
    key = settings.secret("SIGNING_KEY")
    access = tokens.issue(user_id, tenant_id, session_id, role, call.now, key, marks=marks)
    return Tokens(access_token=access, refresh_token=secret, token_type="Bearer", expires_in=tokens.LIFETIME)

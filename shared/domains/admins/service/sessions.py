"""Sessions of admins: an hour at most, half an hour without a request, and over at once when they are ended."""

from datetime import datetime, timedelta
from uuid import UUID

from shared.core import attempts, keyed, settings, tokens
from shared.core.addresses import network, plain
from shared.core.call import Call
from shared.core.ids import new_id
from shared.domains.admins import rules
from shared.domains.admins.errors import (
    AddressNotAllowed,
    AdminDisabled,
    AdminRefreshTokenInvalid,
    LoginLocked,
    LoginRefused,
)
from shared.domains.admins.queries import accounts
from shared.domains.admins.queries import sessions as queries
from shared.domains.admins.rows import AdminRow
from shared.domains.admins.schemas.accounts import AdminCredentials, AdminSignedIn, AdminTokens
from shared.domains.admins.service.accounts import holder_of, shown
from shared.domains.admins.service.break_glass import use_code
from shared.domains.admins.service.login_log import note, note_reuse
from shared.domains.second_factor import public as second_factor


def log_in(call: Call, given: AdminCredentials) -> AdminSignedIn | second_factor.Challenge:
    """Tokens for the right password, or what to show besides. Failures count per address and network, as users' do."""
    counter = keyed.digest(f"admin {given.email} {network(call.client_ip)}")
    found = accounts.attempt_login(
        call.connection,
        email=given.email,
        address=plain(call.client_ip),
        digest=counter,
        account=keyed.digest(f"admin {given.email}"),
        now=call.now,
        until=call.now + attempts.LOCKED_FOR,
        most=attempts.MOST_FAILURES,
    )
    if seconds := attempts.seconds_locked(found.failures, found.until, call.now):
        note(call, "login_locked", found.id)
        raise LoginLocked(retry_after=seconds)
    if not attempts.is_right(call, counter, found.password_hash, given.password):
        note(call, "login_failed", found.id)
        raise LoginRefused
    admin = AdminRow._make(found[4:])
    if admin.disabled_at is not None:
        note(call, "login_refused", admin.id)
        raise AdminDisabled
    if not found.admitted and not use_code(call, admin.id, given.break_glass_code):
        note(call, "address_refused", admin.id)
        raise AddressNotAllowed
    if admin.second_factors is not None:
        return second_factor.challenge(call, holder_of(admin), admin.second_factors, break_glass=not found.admitted)
    return open_session(call, admin, break_glass=not found.admitted)


def complete_log_in(call: Call, given: second_factor.ChallengeAnswer, vault: second_factor.Vault) -> AdminSignedIn:
    """Tokens for a code, after the challenge that `log_in` gave. Refusals: see second_factor's `judge`."""
    taken = second_factor.take_challenge(call, given.challenge_token)
    found = accounts.challenged_admin(call.connection, admin_id=taken.holder_id, address=plain(call.client_ip))
    if found is None:
        raise second_factor.ChallengeOver
    admin, break_glass = AdminRow._make(found[1:]), taken.factor.break_glass
    if admin.disabled_at is not None:
        note(call, "login_refused", admin.id)
        raise AdminDisabled
    if not found.admitted and not break_glass:
        note(call, "address_refused", admin.id)
        raise AddressNotAllowed
    try:
        second_factor.answer_challenge(call, taken, holder_of(admin), given.code, vault)
    except second_factor.CodeWrong:
        note(call, "second_factor_failed", admin.id)
        raise
    return open_session(call, admin, with_factor=True, break_glass=break_glass)


def open_session(call: Call, admin: AdminRow, *, with_factor: bool = False, break_glass: bool = False) -> AdminSignedIn:
    """A new session with its first tokens; the rows travel with the next flush. `with_factor`: it was shown now.
    `break_glass`: it holds from any address. Tokens of rights that were changed meanwhile are dead from the start."""
    session_id = new_id(call.now)
    expires_at = call.now + timedelta(seconds=int(settings.read("ADMIN_SESSION_TIMEOUT")))
    queries.add_session(
        call.connection,
        id=session_id,
        admin_id=admin.id,
        role=admin.role,
        granted=admin.granted,
        user_agent=call.user_agent,
        client_ip=call.client_ip,
        now=call.now,
        expires_at=expires_at,
        factor_at=call.now if with_factor else None,
        break_glass=break_glass,
    )
    note(call, "login_success", admin.id)
    enrols = _must_enrol(admin.second_factors, call.now)
    issued = _tokens(call, admin.id, session_id, expires_at, admin.role, admin.granted, enrols)
    return AdminSignedIn(admin=shown(admin), session_expires_at=expires_at, must_enrol=enrols, **issued.model_dump())


def refresh(call: Call, refresh_token: str) -> AdminTokens:
    """A new pair of tokens for an unused refresh token; a used one ends the session it belongs to."""
    digest = keyed.digest(refresh_token)
    found = queries.use_refresh_token(call.connection, digest=digest, now=call.now, seen_after=call.now - rules.IDLE)
    if found is None:
        queries.end_session_of(call.connection, digest=digest, now=call.now)
        note_reuse(call, digest)
        raise AdminRefreshTokenInvalid
    enrols = _must_enrol(found.second_factors, call.now)
    return _tokens(call, found.id, found.session_id, found.expires_at, found.role, found.granted, enrols)


def _must_enrol(second_factors: list[str] | None, now: datetime) -> bool:
    required, grace_until = settings.read("ADMIN_2FA_REQUIRED"), settings.read("ADMIN_2FA_GRACE_UNTIL")
    return second_factors is None and rules.must_enrol(required, grace_until, settings.read("ENVIRONMENT"), now)


def _tokens(
    call: Call, admin_id: UUID, session_id: UUID, expires_at: datetime, role: str, granted: list[str], enrols: bool
) -> AdminTokens:
    secret = keyed.new_secret()
    queries.add_refresh_token(call.connection, digest=keyed.digest(secret), session=session_id, now=call.now)
    lifetime = min(tokens.LIFETIME, int((expires_at - call.now).total_seconds()))
    access = tokens.issue_to_admin(
        admin_id,
        session_id,
        role,
        call.now,
        settings.secret("SIGNING_KEY"),
        granted=" ".join(granted),
        marks="must_enrol" if enrols else "",
        lifetime=lifetime,
    )
    return AdminTokens(access_token=access, refresh_token=secret, token_type="Bearer", expires_in=lifetime)

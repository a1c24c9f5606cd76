"""A new password: by somebody signed in who knows the old one, or by a mailed link."""

from shared.core import passwords
from shared.core.call import Call
from shared.domains.identity.errors import PasswordWrong
from shared.domains.identity.queries import links as link_queries
from shared.domains.identity.queries import passwords as queries
from shared.domains.identity.schemas import PasswordChange, PasswordReset
from shared.domains.identity.service import links
from shared.domains.identity.service.auth_log import note
from shared.domains.identity.service.password_checks import forget_failures, member_by_password
from shared.domains.identity.service.session_ends import end_sessions_of, revoke_keys_of
from shared.domains.platform import public as platform
from shared.domains.second_factor import public as second_factor


def change(call: Call, given: PasswordChange) -> None:
    """Keeps this session, ends the user's others, and a reset link that is under way. PasswordWrong is counted."""
    member = member_by_password(call, call.user_id, given.current_password)
    if member is None:
        advice = "This is not your current password; if you have forgotten it, ask for a link where you sign in."
        raise PasswordWrong.at("#/current_password", advice)
    queries.set_password(call.connection, user=call.user_id, password_hash=passwords.hash(given.new_password))
    link_queries.end_link(call.connection, user=call.user_id, purpose="reset_password")
    second_factor.end_challenges(call, call.user_id)
    end_sessions_of(call, call.user_id, but=call.actor.session_id)
    note(call, "password_changed", user=call.user_id, tenant=call.tenant_id)
    platform.password_changed(call, to=member.email, full_name=member.full_name, tenant_id=call.tenant_id)


def forget(call: Call, email: str) -> None:
    """Mail a link to this address if somebody has it, at most once a minute; the one before holds until then. Answer
    and work do not tell whether."""
    link_id, digest = links.new_link(call)
    found = link_queries.renew_reset(
        call.connection,
        email=email,
        digest=digest,
        now=call.now,
        expires_at=call.now + links.RESETS_FOR,
        before=call.now - links.MAILED_AGAIN_AFTER,
    )
    user, tenant = (found.user_id, found.tenant_id) if found else (None, None)
    note(call, "password_forgotten", user=user, tenant=tenant)
    if found and found.renewed:
        platform.reset_password(
            call, to=found.email, full_name=found.full_name, tenant_id=found.tenant_id, link_id=link_id
        )
    call.announced = True  # else only who is mailed would wait for the relay to be woken


def reset(call: Call, given: PasswordReset) -> None:
    """A new password for whoever has the link, once.

    Whoever held the account until now is out of it: every session ends, every API key of the user is revoked. The link
    came by mail, so the address is verified; if it was not before, a stranger may have signed up with it, and a second
    factor that he set up does not hold. Counters of failed attempts start anew.
    """
    found = links.spend(call, "reset_password", given.token)
    queries.set_password(call.connection, user=found.user_id, password_hash=passwords.hash(given.password))
    revoke_keys_of(call, found.user_id)
    if not found.email_verified:
        link_queries.mark_verified(call.connection, user=found.user_id)
        second_factor.forfeit(call, found.user_id, found.tenant_id)
    second_factor.end_challenges(call, found.user_id)
    end_sessions_of(call, found.user_id)
    forget_failures(call, found.user_id, found.email)
    note(call, "password_reset", user=found.user_id, tenant=found.tenant_id)
    platform.password_changed(call, to=found.email, full_name=found.full_name, tenant_id=found.tenant_id)

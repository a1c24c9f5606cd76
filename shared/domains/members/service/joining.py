"""How somebody joins a tenant."""

from shared.core import keyed
from shared.core.call import Call
from shared.domains.identity import public as identity
from shared.domains.identity.public import SignedIn
from shared.domains.members import queries
from shared.domains.members.errors import AlreadyMember, EmailNotVerified, InviteForAnother, InviteGone
from shared.domains.members.schemas import InviteToken

__all__ = ["SignedIn", "accept"]


def accept(call: Call, given: InviteToken) -> SignedIn:
    """Join the tenant of the invite, once, and be signed in there; sessions and API keys of before end.

    A user is in one tenant at a time: who has colleagues leaves them first. The tenant of who was alone is closed, to
    be erased: nobody is left in it. It is the one that he is found in: another may have moved him since his token.
    """
    digest = keyed.digest(given.token)
    queries.lock_both(call.connection, user=call.user_id, digest=digest)
    found = queries.invited(call.connection, user=call.user_id, digest=digest)
    if found is None or not found.tenant_id or not found.expires_at or found.expires_at <= call.now:
        raise InviteGone
    if found.email != found.invited:
        raise InviteForAnother
    if not found.email_verified:
        raise EmailNotVerified
    if not found.is_alone:
        raise AlreadyMember("you belong to a company with other members: leave it first, then accept the invite")
    member = identity.MemberRow(
        user_id=call.user_id,
        email=found.email,
        full_name=found.full_name,
        email_verified=True,
        role=found.role or "",
        tenant_id=found.tenant_id,
        tenant_name=found.tenant_name or "",
        time_zone=found.time_zone or "",
        currency=found.currency or "",
        verification=found.verification or "",
    )
    queries.withdraw_all(call.connection, tenant=found.left_id)
    identity.close_abandoned(call, found.left_id)
    queries.use_invite(call.connection, digest=digest)
    queries.move_member(call.connection, user=call.user_id, tenant=member.tenant_id, role=member.role, now=call.now)
    identity.revoke_keys_of(call, call.user_id)
    identity.end_sessions_of(call, call.user_id)
    return identity.open_session(call, member, "invite_accepted")

"""Invites: how somebody is asked to join a tenant. Nobody is a member without having accepted one."""

from datetime import timedelta
from uuid import UUID

from shared.core import keyed, paging
from shared.core.call import Call
from shared.core.ids import new_id
from shared.core.paging import Page
from shared.domains.members import queries
from shared.domains.members.errors import AlreadyMember, InviteNotFound, InviteSentRecently, OwnersOnly
from shared.domains.members.schemas import Invite, InviteIn
from shared.domains.platform import public as platform

LIFETIME = timedelta(days=7)
MAILED_AGAIN_AFTER = timedelta(minutes=1)


def invite(call: Call, given: InviteIn) -> Invite:
    """Mail a link that works once, within LIFETIME; one sent before to this address no longer works. InviteSentRecently
    where that was within the last minute.

    The answer does not tell whether the address has an account.
    """
    if given.role == "owner" and call.actor.role != "owner":
        raise OwnersOnly
    found = queries.inviting(call.connection, tenant=call.tenant_id, user=call.user_id, email=given.email)
    if found.is_member:
        raise AlreadyMember("this address belongs to a member: change his role instead")
    if found.invited_at and (left := found.invited_at + MAILED_AGAIN_AFTER - call.now) > timedelta():
        raise InviteSentRecently(retry_after=-(-left // timedelta(seconds=1)))
    id, expires_at = new_id(call.now), call.now + LIFETIME
    queries.forget_lapsed(call.connection, now=call.now)
    queries.save_invite(
        call.connection,
        id=id,
        tenant=call.tenant_id,
        email=given.email,
        role=given.role,
        digest=keyed.link_digest(id),
        now=call.now,
        expires_at=expires_at,
    )
    platform.invite(call, to=given.email, inviter=found.inviter, company_name=found.company_name, link_id=id)
    return Invite(id=id, email=given.email, role=given.role, created_at=call.now, expires_at=expires_at)


def list_invites(call: Call, limit: int, cursor: str | None) -> Page[Invite]:
    """Those that may still be accepted, newest first."""
    rows = queries.open_invites(call.connection, now=call.now, after=paging.after(cursor), limit=limit + 1)
    return paging.page(rows, limit, lambda row: Invite(**row._asdict()))


def withdraw(call: Call, invite_id: UUID) -> None:
    """The link that was mailed no longer works."""
    if not queries.withdraw_invite(call.connection, id=invite_id):
        raise InviteNotFound

"""Admins who act in a user's name: for ten minutes at most, for a reason that the user's company is told."""

from datetime import datetime, timedelta
from uuid import UUID

from shared.core import settings, tokens
from shared.core.call import Call
from shared.core.errors import Unauthenticated
from shared.core.ids import new_id
from shared.domains.admins import public as admins
from shared.domains.identity import public as identity
from shared.domains.impersonation import queries
from shared.domains.impersonation.errors import AccountInactive, AlreadyImpersonating, NobodyToImpersonate
from shared.domains.impersonation.rows import TargetRow
from shared.domains.impersonation.schemas import Impersonation, ImpersonationIn
from shared.domains.platform import public as platform

LONGEST = timedelta(minutes=10)


def start(call: Call, given: ImpersonationIn) -> Impersonation:
    """A session in the user's name, with a token and none to refresh it; each owner of his tenant gets a mail.

    It ends with LONGEST or with the admin's own session, whichever comes first.
    """
    session_id = call.actor.session_id
    if session_id is None:
        raise Unauthenticated
    queries.lock_admin(call.connection, admin_id=call.admin_id)
    found = queries.targets(
        call.connection, user=given.user_id, admin_id=call.admin_id, session=session_id, now=call.now
    )
    if not found:
        raise NobodyToImpersonate
    target = found[0]
    if not target.is_active:
        raise AccountInactive
    if target.is_impersonating:
        raise AlreadyImpersonating
    expires_at = min(call.now + LONGEST, target.session_ends)
    impersonation_id = _add(call, given, target, session_id, expires_at)
    for owner in found:
        _tell(call, given, owner, expires_at)
    return _shown(call, given, target, impersonation_id, expires_at)


def _add(call: Call, given: ImpersonationIn, target: TargetRow, session_id: UUID, expires_at: datetime) -> UUID:
    """What was begun, its session, and a line in both logs. The rows travel with the commit."""
    impersonation_id = new_id(call.now)
    queries.add_impersonation(
        call.connection,
        id=impersonation_id,
        admin_id=call.admin_id,
        user=target.user_id,
        tenant=target.tenant_id,
        session=session_id,
        reason=given.reason,
        ticket_id=given.ticket_id,
        allow_writes=given.allow_writes,
        now=call.now,
        expires_at=expires_at,
    )
    identity.add_session(
        call,
        id=impersonation_id,
        tenant_id=target.tenant_id,
        user_id=target.user_id,
        expires_at=expires_at,
        impersonated_by=target.admin_name,
    )
    admins.note(call, "impersonation_start", call.admin_id)
    identity.note(call, "impersonation_started", user=target.user_id, tenant=target.tenant_id)
    return impersonation_id


def _tell(call: Call, given: ImpersonationIn, owner: TargetRow, expires_at: datetime) -> None:
    if owner.owner_email is None or owner.owner_name is None:  # the tenant has none
        return
    platform.impersonation_started(
        call,
        to=owner.owner_email,
        full_name=owner.owner_name,
        tenant_id=owner.tenant_id,
        admin=owner.admin_name,
        user=owner.email,
        reason=given.reason,
        until=expires_at,
        writes=given.allow_writes,
    )


def _shown(
    call: Call, given: ImpersonationIn, target: TargetRow, impersonation_id: UUID, expires_at: datetime
) -> Impersonation:
    marks = "" if given.allow_writes else "read_only", "" if target.is_approved else "unapproved"
    lifetime = int((expires_at - call.now).total_seconds())
    token = tokens.issue(
        target.user_id,
        target.tenant_id,
        impersonation_id,
        target.role,
        call.now,
        settings.secret("SIGNING_KEY"),
        marks=" ".join(filter(None, marks)),
        admin_id=call.admin_id,
        lifetime=lifetime,
    )
    user = identity.User(
        id=target.user_id,
        email=target.email,
        full_name=target.full_name,
        role=target.role,
        email_verified=target.email_verified,
    )
    tenant = identity.TenantSummary(
        id=target.tenant_id, name=target.tenant_name, time_zone=target.time_zone, currency=target.currency
    )
    return Impersonation(
        impersonation_id=impersonation_id,
        access_token=token,
        token_type="Bearer",
        expires_in=lifetime,
        expires_at=expires_at,
        user=user,
        tenant=tenant,
        read_only=not given.allow_writes,
    )

"""Confirming an e-mail address by a mailed link."""

from uuid import UUID

from shared.core.call import Call
from shared.domains.identity.errors import UserNotFound, VerificationSentRecently
from shared.domains.identity.queries import links as queries
from shared.domains.identity.service import links
from shared.domains.identity.service.auth_log import note
from shared.domains.platform import public as platform


def verify_email(call: Call, token: str) -> None:
    """Who has the link reads the mails of this address."""
    found = links.spend(call, "verify_email", token)
    queries.mark_verified(call.connection, user=found.user_id)
    note(call, "email_verified", user=found.user_id, tenant=found.tenant_id)


def resend(call: Call) -> None:
    """Mail another link, at most once a minute: else VerificationSentRecently. Nothing to do once it is verified."""
    link_id, digest = links.new_link(call)
    found = queries.renew_verification(
        call.connection,
        user=call.user_id,
        digest=digest,
        now=call.now,
        expires_at=call.now + links.VERIFIES_FOR,
        before=call.now - links.MAILED_AGAIN_AFTER,
    )
    if found is None:
        raise UserNotFound
    if found.email_verified:
        return
    if not found.renewed:
        waited = call.now - (found.resent_at or call.now)
        raise VerificationSentRecently(retry_after=max(1, round((links.MAILED_AGAIN_AFTER - waited).total_seconds())))
    platform.verify_email(call, to=found.email, full_name=found.full_name, tenant_id=call.tenant_id, link_id=link_id)


def ask_again(call: Call, *, user_id: UUID, tenant_id: UUID, email: str, full_name: str) -> None:
    """Mail a link to the address that has just become a user's."""
    link_id = links.renew(call, "verify_email", user=user_id, tenant=tenant_id, email=email, lasts=links.VERIFIES_FOR)
    platform.verify_email(call, to=email, full_name=full_name, tenant_id=tenant_id, link_id=link_id)

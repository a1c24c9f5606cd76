"""Trial invites: how the platform asks somebody to try it. Their use is part of signing up."""

from datetime import timedelta
from uuid import UUID

from shared.core import keyed, paging
from shared.core.call import Call
from shared.core.ids import new_id
from shared.core.paging import Page
from shared.domains.onboarding import rules
from shared.domains.onboarding.errors import AddressHasAccount
from shared.domains.onboarding.queries import trial_invites as queries
from shared.domains.onboarding.rows import AcceptedRow, TrialInviteRow
from shared.domains.onboarding.schemas import TrialInvite, TrialInviteIn
from shared.domains.platform import public as platform


def invite(call: Call, given: TrialInviteIn) -> TrialInvite:
    """Mail a link that works once, for as many days as the trial has; one sent before to this address no longer works.

    AddressHasAccount where nobody could sign up by it.
    """
    if queries.has_account(call.connection, email=given.email).known:
        raise AddressHasAccount
    id = new_id(call.now)
    made = TrialInviteRow(
        id=id,
        email=given.email,
        company_name=given.company_name,
        trial_days=given.trial_days,
        created_at=call.now,
        expires_at=call.now + timedelta(days=given.trial_days),
        accepted_at=None,
    )
    queries.save_invite(
        call.connection,
        id=id,
        email=made.email,
        company_name=made.company_name,
        trial_days=made.trial_days,
        digest=keyed.link_digest(id),
        admin=call.admin_id,
        now=call.now,
        expires_at=made.expires_at,
    )
    platform.trial_invite(call, to=made.email, trial_days=made.trial_days, link_id=id)
    return _shown(call, made)


def list_invites(call: Call, limit: int, cursor: str | None) -> Page[TrialInvite]:
    """All that were not replaced, newest first."""
    rows = queries.invites_page(call.connection, after=paging.after(cursor), limit=limit + 1)
    return paging.page(rows, limit, lambda row: _shown(call, row))


def use(call: Call, token: str, tenant_id: UUID) -> AcceptedRow | None:
    """Accept an invite with the tenant that this transaction makes; None for one that does not work."""
    digest = keyed.digest(token)
    return queries.use_invite(call.connection, digest=digest, tenant=tenant_id, now=call.now)


def _shown(call: Call, found: TrialInviteRow) -> TrialInvite:
    status = rules.invite_status(found.accepted_at, found.expires_at, call.now)
    return TrialInvite.model_validate(found._asdict() | {"status": status})

"""Signing up: a user, his tenant and its usual prices come into being together."""

from datetime import datetime, timedelta
from uuid import UUID

from shared.core.call import Call
from shared.core.errors import Invalid
from shared.domains.identity.errors import TrialInviteInvalid
from shared.domains.identity.queries import accounts as queries
from shared.domains.identity.rows import MemberRow
from shared.domains.identity.schemas import SignedIn, SignUp
from shared.domains.identity.service import links
from shared.domains.identity.service.founding import found_tenant
from shared.domains.identity.service.new_users import add_member, add_user
from shared.domains.identity.service.sessions import open_session
from shared.domains.onboarding import public as onboarding
from shared.domains.platform import public as platform


def sign_up(call: Call, given: SignUp) -> SignedIn:
    """A new user, owner of a new tenant with the usual prices, greeted by a mail. EmailTaken if the address is known.

    The mail has the link that verifies his address; whoever was invited to a trial has had one there, so his is
    verified. TrialInviteInvalid for an invite that does not work, Invalid for one to another address.
    """
    zone, currency, company = "Asia/Kolkata", "INR", given.company_name
    tenant_id = found_tenant(call, name=company, time_zone=zone, currency=currency)
    trial_ends_at = _accept_invite(call, given.invite_token, given.email, tenant_id) if given.invite_token else None
    invited = trial_ends_at is not None
    user_id = add_user(
        call, email=given.email, password=given.password, full_name=given.full_name, email_verified=invited
    )
    add_member(call, user_id, tenant_id, "owner")
    names = {"to": given.email, "full_name": given.full_name, "company_name": company}
    if trial_ends_at is not None:
        queries.start_trial(call.connection, tenant=tenant_id, ends_at=trial_ends_at)
        platform.trial_started(call, **names, tenant_id=tenant_id, trial_ends_at=trial_ends_at)
    else:
        lasts = links.VERIFIES_FOR
        link_id = links.renew(call, "verify_email", user=user_id, tenant=tenant_id, email=given.email, lasts=lasts)
        platform.welcome(call, **names, tenant_id=tenant_id, link_id=link_id)
    member = MemberRow(user_id, given.email, given.full_name, invited, "owner", tenant_id, company, zone, currency)
    return open_session(call, member, "signed_up")


def _accept_invite(call: Call, token: str, email: str, tenant_id: UUID) -> datetime:
    """When the trial ends."""
    accepted = onboarding.use_trial_invite(call, token, tenant_id)
    if accepted is None:
        raise TrialInviteInvalid
    if accepted.email != email:
        raise Invalid.at("#/email", "This invite is for another address: sign up with the one that got the mail.")
    return call.now + timedelta(days=accepted.trial_days)

"""Invite somebody by mail to a trial.

The link works once, for as many days as the trial has; the trial begins with the sign-up. Inviting the same address
again replaces the invite sent before.
"""

from shared.domains.onboarding.errors import AddressHasAccount
from shared.domains.onboarding.schemas import TrialInvite, TrialInviteIn
from shared.domains.onboarding.service import trial_invites
from shared.entry.http import Api

api = Api(
    audience="admin",
    permission="manage_trial_invites",
    needs=("outbox", "session_secret"),
    problems=(AddressHasAccount,),
)


@api.post("/api/admin/trial-invites", status=201)
def create_trial_invite(given: TrialInviteIn) -> TrialInvite:
    return trial_invites.invite(api.call, given)


handler = api.handler

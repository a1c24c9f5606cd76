"""List the trial invites, newest first; of those sent to one address only the newest that was not accepted."""

from shared.core.paging import Cursor, Limit, Page
from shared.domains.onboarding.schemas import TrialInvite
from shared.domains.onboarding.service import trial_invites
from shared.entry.http import Api

api = Api(audience="admin", permission="manage_trial_invites")


@api.get("/api/admin/trial-invites")
def list_trial_invites(limit: Limit = 20, cursor: Cursor | None = None) -> Page[TrialInvite]:
    return trial_invites.list_invites(api.call, limit, cursor)


handler = api.handler

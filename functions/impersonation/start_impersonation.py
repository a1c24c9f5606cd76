"""Act in a user's name, to see what he sees.

The token lasts ten minutes at most and reads only, unless writes are wanted. The owners of the user's company get a
mail with the reason, see it among their sessions, and can end it there.
"""

from shared.domains.impersonation.errors import AccountInactive, AlreadyImpersonating, NobodyToImpersonate
from shared.domains.impersonation.schemas import Impersonation, ImpersonationIn
from shared.domains.impersonation.service import starting
from shared.entry.http import Api

api = Api(
    audience="admin",
    permission="impersonate_users",
    step_up=True,
    secret=True,
    needs=("outbox", "signing_key"),
    problems=(NobodyToImpersonate, AccountInactive, AlreadyImpersonating),
)


@api.post("/api/admin/impersonate/start")
def start_impersonation(given: ImpersonationIn) -> Impersonation:
    return starting.start(api.call, given)


handler = api.handler

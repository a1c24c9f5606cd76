"""Close the tenant.

Every session and API key of its members ends at once. For 30 days an owner can reopen it by the link that is mailed to
him; then everything is erased.
"""

from shared.domains.identity.service import closing
from shared.entry.http import Api

api = Api(scope="tenant:close", impersonation="never", step_up=True, needs=("outbox", "session_secret"))


@api.delete("/api/tenant")
def close_tenant() -> None:
    closing.close_tenant(api.call)


handler = api.handler

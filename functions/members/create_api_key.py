"""Make an API key, to be sent as `Authorization: Bearer bcp_…`.

It acts in its maker's name within its scopes. The answer is the only place that ever shows it.
"""

from shared.domains.members.errors import ScopeNotYours
from shared.domains.members.schemas import KeyIn, NewKey
from shared.domains.members.service import keys
from shared.entry.http import Api

api = Api(
    scope="keys:write",
    impersonation="never",
    step_up=True,
    secret=True,
    needs=("session_secret",),
    problems=(ScopeNotYours,),
)


@api.post("/api/api-keys", status=201)
def create_api_key(given: KeyIn) -> NewKey:
    return keys.create_key(api.call, given)


handler = api.handler

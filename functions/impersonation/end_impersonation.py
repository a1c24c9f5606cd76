"""Stop acting in a user's name: its token is dead at once.

With the admin's own token or with the one that acts in the user's name; it is no error if that is over.
"""

from shared.domains.impersonation.service import ending
from shared.entry.http import Api

api = Api(audience="admin", impersonation="always", across_tenants=True)


@api.post("/api/admin/impersonate/end", status=204)
def end_impersonation() -> None:
    ending.end(api.call)


handler = api.handler

"""Make a tenant with its owner.

The owner gets a mail with the link to choose a password, once and within 7 days.
"""

from shared.domains.directory.schemas import DirectoryTenantDetail, NewTenant
from shared.domains.directory.service import tenants
from shared.entry.http import Api

api = Api(
    audience="admin",
    permission="manage_tenants",
    needs=("outbox", "session_secret"),
    problems=(tenants.EmailTaken,),
)


@api.post("/api/admin/tenants", status=201)
def create_tenant(given: NewTenant) -> DirectoryTenantDetail:
    return tenants.create_tenant(api.call, given)


handler = api.handler

"""Change the tenant's name, address, GSTIN and so on."""

from shared.domains.identity.schemas import Tenant, TenantChanges
from shared.domains.identity.service import accounts
from shared.entry.http import Api

api = Api(scope="tenant:write")


@api.patch("/api/tenant")
def change_tenant(changes: TenantChanges) -> Tenant:
    return accounts.change_tenant(api.call, changes)


handler = api.handler

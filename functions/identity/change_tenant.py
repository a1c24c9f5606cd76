"""Change the tenant's name, address, GSTIN and so on."""

from shared.domains.identity import service
from shared.domains.identity.schemas import Tenant, TenantChanges
from shared.entry.http import Api

api = Api(scope="tenant:write")


@api.patch("/api/tenant")
def change_tenant(changes: TenantChanges) -> Tenant:
    return service.change_tenant(api.call, changes)


handler = api.handler

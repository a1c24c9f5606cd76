"""Correct a tenant's company data, as its own admins may."""

from uuid import UUID

from shared.domains.directory.errors import TenantNotFound
from shared.domains.directory.schemas import DirectoryTenantDetail
from shared.domains.directory.service import tenants
from shared.entry.http import Api

api = Api(audience="admin", permission="manage_tenants", problems=(TenantNotFound,))


@api.patch("/api/admin/tenants/{tenant_id}")
def change_tenant_details(tenant_id: UUID, changes: tenants.TenantChanges) -> DirectoryTenantDetail:
    return tenants.change_tenant(api.call, tenant_id, changes)


handler = api.handler

"""Reactivate a suspended tenant: signing in and API keys work again, sessions of before do not."""

from uuid import UUID

from shared.domains.directory.errors import TenantNotFound, TenantNotSuspended
from shared.domains.directory.schemas import DirectoryTenantDetail
from shared.domains.directory.service import tenants
from shared.entry.http import Api

api = Api(
    audience="admin", permission="manage_tenants", needs=("outbox",), problems=(TenantNotSuspended, TenantNotFound)
)


@api.post("/api/admin/tenants/{tenant_id}/reactivate")
def reactivate_tenant(tenant_id: UUID) -> DirectoryTenantDetail:
    return tenants.reactivate_tenant(api.call, tenant_id)


handler = api.handler

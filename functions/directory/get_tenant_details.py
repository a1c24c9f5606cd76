"""One tenant: its company data, how it stands, its members."""

from uuid import UUID

from shared.domains.directory.errors import TenantNotFound
from shared.domains.directory.schemas import DirectoryTenantDetail
from shared.domains.directory.service import tenants
from shared.entry.http import Api

api = Api(audience="admin", permission="view_user_profile", problems=(TenantNotFound,))


@api.get("/api/admin/tenants/{tenant_id}")
def get_tenant_details(tenant_id: UUID) -> DirectoryTenantDetail:
    return tenants.get_tenant(api.call, tenant_id)


handler = api.handler

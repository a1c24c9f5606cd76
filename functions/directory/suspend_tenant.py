"""Suspend a tenant: everybody is out at once, and nobody can sign in until it is reactivated.

API keys are refused meanwhile. The owners get a mail with the reason.
"""

from uuid import UUID

from shared.domains.directory.errors import TenantAlreadySuspended, TenantNotFound
from shared.domains.directory.schemas import DirectoryTenantDetail, Suspension
from shared.domains.directory.service import tenants
from shared.entry.http import Api

api = Api(
    audience="admin",
    permission="manage_tenants",
    step_up=True,
    needs=("outbox",),
    problems=(TenantAlreadySuspended, TenantNotFound),
)


@api.post("/api/admin/tenants/{tenant_id}/suspend")
def suspend_tenant(tenant_id: UUID, given: Suspension = Suspension()) -> DirectoryTenantDetail:  # noqa: B008
    return tenants.suspend_tenant(api.call, tenant_id, given.reason)


handler = api.handler

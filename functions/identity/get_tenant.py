"""The tenant: the company as it appears on quotations."""

from shared.domains.identity.schemas import Tenant
from shared.domains.identity.service import accounts
from shared.entry.http import Api

api = Api(scope="tenant:read")


@api.get("/api/tenant")
def get_tenant() -> Tenant:
    return accounts.get_tenant(api.call)


handler = api.handler

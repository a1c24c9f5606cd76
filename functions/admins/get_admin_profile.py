"""The admin who is logged in, and what he may do."""

from shared.domains.admins.schemas.accounts import AdminProfile
from shared.domains.admins.service import accounts
from shared.entry.http import Api

api = Api(audience="admin", enrolling=True)


@api.get("/api/admin/profile")
def get_admin_profile() -> AdminProfile:
    return accounts.get_profile(api.call)


handler = api.handler

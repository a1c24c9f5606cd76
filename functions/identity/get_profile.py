"""The signed-in user's profile."""

from shared.domains.identity.schemas import Profile
from shared.domains.identity.service import accounts
from shared.entry.http import Api

api = Api(scope="profile:read")


@api.get("/api/user-profile")
def get_profile() -> Profile:
    return accounts.get_profile(api.call)


handler = api.handler

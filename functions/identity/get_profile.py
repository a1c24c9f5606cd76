"""The signed-in user's profile."""

from shared.domains.identity import service
from shared.domains.identity.schemas import Profile
from shared.entry.http import Api

api = Api(scope="profile:read")


@api.get("/api/user-profile")
def get_profile() -> Profile:
    return service.get_profile(api.call)


handler = api.handler

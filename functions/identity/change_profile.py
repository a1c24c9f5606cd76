"""Change the signed-in user's profile."""

from shared.domains.identity import service
from shared.domains.identity.schemas import Profile, ProfileChanges
from shared.entry.http import Api

api = Api(scope="profile:write")


@api.patch("/api/user-profile")
def change_profile(changes: ProfileChanges) -> Profile:
    return service.change_profile(api.call, changes)


handler = api.handler

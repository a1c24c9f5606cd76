"""Change the signed-in user's profile."""

from shared.domains.identity.schemas import Profile, ProfileChanges
from shared.domains.identity.service import accounts
from shared.entry.http import Api

api = Api(scope="profile:write")


@api.patch("/api/user-profile")
def change_profile(changes: ProfileChanges) -> Profile:
    return accounts.change_profile(api.call, changes)


handler = api.handler

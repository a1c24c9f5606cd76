"""The signed-in user and the tenant."""

from shared.domains.identity.schemas import Account
from shared.domains.identity.service import accounts
from shared.entry.http import Api

api = Api(scope="profile:read")


@api.get("/api/auth/user")
def get_account() -> Account:
    return accounts.get_account(api.call)


handler = api.handler

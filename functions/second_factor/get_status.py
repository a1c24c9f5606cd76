"""Whether the signed-in user has a second factor, and how many backup codes are left."""

from shared.domains.second_factor.schemas import Status
from shared.domains.second_factor.service import factors
from shared.entry.http import Api

api = Api()


@api.get("/api/v1/2fa/status")
def get_status() -> Status:
    return factors.get_status(api.call)


handler = api.handler

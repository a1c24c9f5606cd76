"""Whether the database answers."""

from shared.domains.platform import service
from shared.domains.platform.schemas import Health
from shared.entry.http import Api

api = Api(public=True, cost=0)


@api.get("/health/db")
def check_database() -> Health:
    return service.check_database(api.call)


handler = api.handler

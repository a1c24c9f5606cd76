"""Whether the product answers at all."""

from shared.domains.platform.schemas import Health
from shared.entry.http import Api

api = Api(public=True, database=False)


@api.get("/health")
def check_health() -> Health:
    return Health(status="ok")


handler = api.handler

"""Delete a flute: the usual factor and height of its letter count again."""

from uuid import UUID

from shared.domains.pricing.errors import FluteNotFound
from shared.domains.pricing.service import settings
from shared.entry.http import Api

api = Api(scope="pricing:write", problems=(FluteNotFound,))


@api.delete("/api/settings/fluting/{id}")
def delete_fluting(id: UUID) -> None:
    settings.delete_fluting(api.call, id)


handler = api.handler

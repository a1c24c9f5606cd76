"""The settings of the platform."""

from shared.domains.platform import service
from shared.domains.platform.schemas import PlatformSettings
from shared.entry.http import Api

api = Api(audience="admin", permission="manage_settings")


@api.get("/api/admin/settings")
def get_settings() -> PlatformSettings:
    return service.get_settings(api.call)


handler = api.handler

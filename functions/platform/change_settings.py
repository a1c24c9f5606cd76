"""Change settings of the platform: only those that are given."""

from shared.domains.platform import service
from shared.domains.platform.schemas import PlatformSettings, PlatformSettingsChanges
from shared.entry.http import Api

api = Api(audience="admin", permission="manage_settings")


@api.patch("/api/admin/settings")
def change_settings(changes: PlatformSettingsChanges) -> PlatformSettings:
    return service.change_settings(api.call, changes)


handler = api.handler

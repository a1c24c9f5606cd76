"""Which mails about tickets the caller gets."""

from shared.domains.support.schemas.preferences import NotificationPreferences
from shared.domains.support.service import preferences
from shared.entry.http import Api

api = Api(scope="profile:read")


@api.get("/api/notification-preferences")
def get_notification_preferences() -> NotificationPreferences:
    return preferences.get_preferences(api.call)


handler = api.handler

"""Choose which mails about tickets the caller gets; what is left out stays as it is."""

from shared.domains.support.schemas.preferences import NotificationPreferences, NotificationPreferencesIn
from shared.domains.support.service import preferences
from shared.entry.http import Api

api = Api(scope="profile:write")


@api.put("/api/notification-preferences")
def change_notification_preferences(chosen: NotificationPreferencesIn) -> NotificationPreferences:
    return preferences.change_preferences(api.call, chosen)


handler = api.handler

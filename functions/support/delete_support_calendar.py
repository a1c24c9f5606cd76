"""Delete a calendar that no rule has."""

from uuid import UUID

from shared.domains.support.errors import CalendarInUse, CalendarNotFound
from shared.domains.support.service import calendars
from shared.entry.http import Api

api = Api(audience="admin", permission="manage_settings", problems=(CalendarInUse, CalendarNotFound))


@api.delete("/api/support/calendars/{calendar_id}")
def delete_support_calendar(calendar_id: UUID) -> None:
    calendars.delete_calendar(api.call, calendar_id)


handler = api.handler

"""Replace a calendar; the deadlines of open tickets follow within moments."""

from uuid import UUID

from shared.domains.support.errors import CalendarNameTaken, CalendarNotFound
from shared.domains.support.schemas.calendars import SupportCalendar, SupportCalendarIn
from shared.domains.support.service import calendars
from shared.entry.http import Api

api = Api(
    audience="admin", permission="manage_settings", needs=("outbox",), problems=(CalendarNameTaken, CalendarNotFound)
)


@api.put("/api/support/calendars/{calendar_id}")
def replace_support_calendar(calendar_id: UUID, calendar: SupportCalendarIn) -> SupportCalendar:
    return calendars.replace_calendar(api.call, calendar_id, calendar)


handler = api.handler

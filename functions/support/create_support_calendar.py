"""Create a calendar: opening hours by weekday in a time zone, and holidays.

A rule that has it counts only the time at which it is open. It has to be open for at least an hour a week.
"""

from shared.domains.support.errors import CalendarNameTaken
from shared.domains.support.schemas.calendars import SupportCalendar, SupportCalendarIn
from shared.domains.support.service import calendars
from shared.entry.http import Api

api = Api(audience="admin", permission="manage_settings", problems=(CalendarNameTaken,))


@api.post("/api/support/calendars", status=201)
def create_support_calendar(calendar: SupportCalendarIn) -> SupportCalendar:
    return calendars.create_calendar(api.call, calendar)


handler = api.handler

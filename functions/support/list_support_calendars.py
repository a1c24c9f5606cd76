"""List the calendars of the support desk, newest first."""

from shared.core.paging import Cursor, Limit, Page
from shared.domains.support.schemas.calendars import SupportCalendar
from shared.domains.support.service import calendars
from shared.entry.http import Api

api = Api(audience="admin", permission="list_tickets")


@api.get("/api/support/calendars")
def list_support_calendars(limit: Limit = 20, cursor: Cursor | None = None) -> Page[SupportCalendar]:
    return calendars.list_calendars(api.call, limit, cursor)


handler = api.handler

"""How the promises of tickets were kept: first responses, resolutions, and all of them, by priority, category and day.

Of tickets opened from the day `from` to the day `to`, both included: at most 366 days, the last thirty if not given.
Days begin in `time_zone`. Deadlines are those the tickets have: of their calendars, pauses left out.
"""

from uuid import UUID

from shared.core.fields import TimeZoneName
from shared.domains.support.schemas.analytics import SlaAnalytics
from shared.domains.support.schemas.tickets import TicketDay
from shared.domains.support.service import analytics
from shared.entry.http import Api

api = Api(audience="admin", permission="view_ticket_analytics")


@api.get("/api/support/analytics/sla")
def get_sla_analytics(
    from_: TicketDay | None = None,
    to: TicketDay | None = None,
    tenant_id: UUID | None = None,
    time_zone: TimeZoneName = "UTC",
) -> SlaAnalytics:
    return analytics.get_sla_analytics(api.call, analytics.period(api.call, from_, to, time_zone), tenant_id)


handler = api.handler

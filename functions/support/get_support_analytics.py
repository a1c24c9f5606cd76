"""What came to the support desk, how fast it was answered and resolved, how content its requesters are; the backlog.

Of tickets opened from the day `from` to the day `to`, both included: at most 366 days, the last thirty if not given.
Days begin in `time_zone`. Only `ended` of a day and the backlog are of all tickets, whenever they were opened.
"""

from uuid import UUID

from shared.core.fields import TimeZoneName
from shared.domains.support.schemas.analytics import SupportAnalytics
from shared.domains.support.schemas.tickets import TicketDay
from shared.domains.support.service import analytics
from shared.entry.http import Api

api = Api(audience="admin", permission="view_ticket_analytics")


@api.get("/api/support/analytics")
def get_support_analytics(
    from_: TicketDay | None = None,
    to: TicketDay | None = None,
    tenant_id: UUID | None = None,
    time_zone: TimeZoneName = "UTC",
) -> SupportAnalytics:
    period = analytics.period(api.call, from_, to, time_zone)
    return analytics.get_support_analytics(api.call, period, tenant_id)


handler = api.handler

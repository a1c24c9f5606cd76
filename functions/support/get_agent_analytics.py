"""How much each agent has to do, and how the tickets went that he has; without view_ticket_analytics, only one's own.

Of tickets opened from the day `from` to the day `to`, both included: at most 366 days, the last thirty if not given.
Days begin in `time_zone`. A ticket counts for who has it, or had it when it ended; the load is of now.
"""

from uuid import UUID

from shared.core.fields import TimeZoneName
from shared.domains.support.schemas.analytics import AgentAnalytics
from shared.domains.support.schemas.tickets import TicketDay
from shared.domains.support.service import analytics
from shared.entry.http import Api

api = Api(audience="admin", permission="view_own_metrics")


@api.get("/api/support/analytics/agents")
def get_agent_analytics(
    from_: TicketDay | None = None,
    to: TicketDay | None = None,
    tenant_id: UUID | None = None,
    time_zone: TimeZoneName = "UTC",
) -> AgentAnalytics:
    return analytics.get_agent_analytics(api.call, analytics.period(api.call, from_, to, time_zone), tenant_id)


handler = api.handler

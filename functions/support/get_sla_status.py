"""See how the promises of open tickets stand: how many are in each state, and the worst of them first."""

from uuid import UUID

from shared.core.paging import Limit
from shared.domains.support.schemas.explanation import RunningState, SlaStatus
from shared.domains.support.schemas.tickets import PageNumber
from shared.domains.support.service import explanation
from shared.entry.http import Api

api = Api(audience="admin", permission="list_tickets")


@api.get("/api/support/sla-status")
def get_sla_status(
    state: RunningState | None = None, assigned_to: UUID | None = None, page: PageNumber = 1, limit: Limit = 20
) -> SlaStatus:
    return explanation.sla_status(api.call, state=state, assigned_to=assigned_to, page=page, limit=limit)


handler = api.handler

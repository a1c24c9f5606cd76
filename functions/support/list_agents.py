"""List the agents, newest first, with how many tickets they have; not those who may no longer resolve tickets."""

from shared.core.paging import Cursor, Limit, Page
from shared.domains.support.schemas.agents import SupportAgent
from shared.domains.support.service import agents
from shared.entry.http import Api

api = Api(audience="admin", permission="list_tickets")


@api.get("/api/support/agents")
def list_agents(limit: Limit = 20, cursor: Cursor | None = None) -> Page[SupportAgent]:
    return agents.list_agents(api.call, limit, cursor)


handler = api.handler

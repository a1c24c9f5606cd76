"""Change an agent: an agent his own state, who may manage settings everything of everybody."""

from uuid import UUID

from shared.domains.support.errors import AgentNotFound
from shared.domains.support.schemas.agents import SupportAgent, SupportAgentChanges
from shared.domains.support.service import agents
from shared.entry.http import Api

api = Api(audience="admin", permission="resolve_ticket", problems=(AgentNotFound,))


@api.patch("/api/support/agents/{agent_id}")
def change_agent(agent_id: UUID, changes: SupportAgentChanges) -> SupportAgent:
    return agents.change_agent(api.call, agent_id, changes)


handler = api.handler

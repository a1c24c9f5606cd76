"""Make somebody an agent: a platform admin who may resolve tickets.

Tickets go by themselves to agents who are online and of whose capacity less than 90 % is taken.
"""

from shared.domains.support.errors import AgentExists, AgentNotFound
from shared.domains.support.schemas.agents import SupportAgent, SupportAgentIn
from shared.domains.support.service import agents
from shared.entry.http import Api

api = Api(audience="admin", permission="manage_settings", problems=(AgentExists, AgentNotFound))


@api.post("/api/support/agents", status=201)
def add_agent(agent: SupportAgentIn) -> SupportAgent:
    return agents.add_agent(api.call, agent)


handler = api.handler

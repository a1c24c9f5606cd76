"""Agents of the support desk: which admins get tickets, what they know best, how much they take at once."""

from collections.abc import Sequence
from uuid import UUID

from shared.core import paging
from shared.core.call import Call
from shared.core.errors import Forbidden, Invalid
from shared.core.paging import Page
from shared.domains.support.errors import AgentExists, AgentNotFound
from shared.domains.support.queries import agents as queries
from shared.domains.support.schemas.agents import SupportAgent, SupportAgentChanges, SupportAgentIn
from shared.domains.support.service.access import WORKERS

RUNS_DESK = "manage_settings"


def add_agent(call: Call, given: SupportAgentIn) -> SupportAgent:
    """AgentNotFound for who does not work on tickets; AgentExists."""
    _refuse_unknown_tenant(call)
    call.refusals["support_agents_pkey"] = AgentExists()
    row = queries.add_agent(
        call.connection,
        admin=given.admin_id,
        state=given.state,
        expertise=_once(given.expertise),
        capacity=given.capacity,
        home_tenant=given.home_tenant_id,
        now=call.now,
        workers=WORKERS,
    )
    if row is None:
        raise AgentNotFound.named_at("#/admin_id")
    return SupportAgent.model_validate(row._asdict())


def change_agent(call: Call, id: UUID, given: SupportAgentChanges) -> SupportAgent:
    """An agent himself changes his state only. AgentNotFound."""
    own = id == call.admin_id and given.model_fields_set <= {"state"}
    if not own and RUNS_DESK not in call.actor.permissions:
        raise Forbidden("an agent changes his own state, and nothing else", permission=RUNS_DESK)
    _refuse_unknown_tenant(call)
    changes = given.model_dump(exclude_unset=True)
    if "expertise" in changes:
        changes["expertise"] = _once(changes["expertise"])
    row = queries.change_agent(call.connection, id=id, changes=changes, now=call.now, workers=WORKERS)
    if row is None:
        raise AgentNotFound
    return SupportAgent.model_validate(row._asdict())


def list_agents(call: Call, limit: int, cursor: str | None) -> Page[SupportAgent]:
    """Newest first; without those who no longer work on tickets."""
    rows = queries.agents_page(call.connection, workers=WORKERS, after=paging.after(cursor), limit=limit + 1)
    return paging.page(rows, limit, lambda row: SupportAgent.model_validate(row._asdict()))


def _refuse_unknown_tenant(call: Call) -> None:
    unknown = Invalid.at("#/home_tenant_id", "There is no tenant of this id.")
    call.refusals["support_agents_home_tenant_id_fkey"] = unknown


def _once(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names))

"""Who gets a ticket: the same agents, need and turn give the same agent, at any time and in any order of the agents."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal, NamedTuple
from uuid import UUID

from shared.domains.support.rules.tickets import Category, Priority

Strategy = Literal["round_robin", "least_busy", "expertise_match", "hybrid"]
AgentState = Literal["online", "away", "busy", "offline"]

CAPACITY = 20  # tickets at once, of an agent who has not said
ALTERNATIVES = 3
NEVER = datetime.min.replace(tzinfo=UTC)
CENT = Decimal("0.01")


class Agent(NamedTuple):
    """`satisfaction` is the mean rating, 1 to 5, and `response_minutes` the mean to a first response; None: no data."""

    agent_id: UUID
    state: AgentState
    expertise: frozenset[str]
    open_tickets: int
    capacity: int = CAPACITY
    satisfaction: Decimal | None = None
    response_minutes: Decimal | None = None
    last_assigned_at: datetime | None = None
    tenant_id: UUID | None = None  # of an agent who is there for one tenant first

    @property
    def load(self) -> float:
        """The part of the capacity that is taken: equal parts are equal numbers, as a quotient is rounded correctly."""
        return self.open_tickets / self.capacity


class Need(NamedTuple):
    """A ticket, as far as it matters who gets it."""

    category: Category
    priority: Priority
    tenant_id: UUID


class Assignment(NamedTuple):
    """Who gets it, and up to three who would be next."""

    agent_id: UUID
    alternatives: tuple[UUID, ...]


def is_free(agent: Agent) -> bool:
    """Online, and less than 90 % of the capacity is taken. Who is away or busy gets tickets from people only."""
    return agent.state == "online" and agent.open_tickets * 10 < agent.capacity * 9


def score(agent: Agent, need: Need) -> Decimal:
    """How well an agent fits, with two decimals: 40 % expertise, 35 % free capacity, 25 % the agent's record.

    Then 10 for the same tenant, 5 for being online, and 15 less where a pressing ticket meets a load above 70 %.
    """
    expertise = Decimal(100 if need.category in agent.expertise else 50)
    load = Decimal(100 * agent.open_tickets) / agent.capacity
    satisfaction = Decimal(50) if agent.satisfaction is None else agent.satisfaction * 20
    response = Decimal(50) if agent.response_minutes is None else max(Decimal(0), 100 - agent.response_minutes / 6)
    points = 40 * expertise + 35 * max(Decimal(0), 100 - load) + 25 * (satisfaction + response) / 2
    extra = 10 * (agent.tenant_id == need.tenant_id) + 5 * (agent.state == "online")
    extra -= 15 * (need.priority in ("high", "urgent") and load > 70)
    return (points / 100 + extra).quantize(CENT, ROUND_HALF_UP)


def assign(strategy: Strategy, agents: Iterable[Agent], need: Need, turn: UUID | None = None) -> Assignment | None:
    """The first of the free agents by the strategy; None where nobody is free, and the ticket waits.

    `turn` is who got the last ticket by round robin, and is to be stored: the next free one by id follows, and after
    the last the first.
    """
    order = sorted(filter(is_free, agents), key=_order(strategy, need, turn))
    if not order:
        return None
    first, *others = (agent.agent_id for agent in order[: 1 + ALTERNATIVES])
    return Assignment(first, tuple(others))


def _order(strategy: Strategy, need: Need, turn: UUID | None) -> Callable[[Agent], Any]:
    if strategy == "round_robin":
        return lambda agent: (turn is not None and agent.agent_id <= turn, agent.agent_id)
    if strategy == "expertise_match":
        return lambda agent: (need.category not in agent.expertise, *_least_busy(agent))
    if strategy == "hybrid":
        return lambda agent: (-score(agent, need), *_least_busy(agent))
    return _least_busy


def _least_busy(agent: Agent) -> tuple[float, datetime, UUID]:
    """Of those who have the same load, who has waited longest for a ticket."""
    return agent.load, agent.last_assigned_at or NEVER, agent.agent_id

"""Who gets a ticket: borrowed scores, the four strategies, and that a replay gives the same."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from shared.domains.support.rules.assignment import Agent, Need, Strategy, assign, is_free, score
from tests.support import cases

TENANT = UUID(int=1)
START = datetime(2026, 1, 5, tzinfo=UTC)
NEED = Need("billing", "medium", TENANT)
STRATEGIES: tuple[Strategy, ...] = ("round_robin", "least_busy", "expertise_match", "hybrid")


def agent(number: int, open_tickets: int = 0, *expertise: str, capacity: int = 20) -> Agent:
    return Agent(UUID(int=number), "online", frozenset(expertise), open_tickets, capacity)


def chosen(strategy: Strategy, agents: list[Agent], turn: int | None = None) -> list[int]:
    found = assign(strategy, agents, NEED, None if turn is None else UUID(int=turn))
    return [each.int for each in (found.agent_id, *found.alternatives)] if found else []


def test_every_score_of_the_vectors() -> None:
    ran = 0
    for case in cases.load("vectors/boxcost.json"):
        if case["kind"] != "agent_score":
            continue
        given, ticket = case["input"]["agent"], case["input"]["ticket"]
        scored = Agent(
            UUID(int=9),
            given["status"].lower(),
            frozenset(word.lower() for word in given["expertise"]),
            given["current_open_tickets"],
            given["max_concurrent_tickets"],
            Decimal(str(given["satisfaction_score"])),
            Decimal(str(given["average_response_time_minutes"])),
            tenant_id=UUID(int=given["tenant_id"]),
        )
        need = Need(ticket["category"].lower(), ticket["priority"].lower(), UUID(int=ticket["tenant_id"]))
        assert score(scored, need) == Decimal(str(case["output"]["score"])), case["id"]
        ran += 1
    cases.ran("agent_score", ran)


@pytest.mark.parametrize(
    ("scored", "priority", "points"),
    [
        (agent(1, 0, "billing"), "medium", "92.50"),  # 40 + 35 + 12.50 without data + 5 online
        (agent(1), "medium", "72.50"),
        (agent(1, 10), "medium", "55.00"),
        (agent(1, 15), "medium", "46.25"),
        (agent(1, 15), "high", "31.25"),  # − 15, as the load is 75 %
        (agent(1, 14), "urgent", "48.00"),  # 70 % is not above 70 %
        (agent(1, 71, capacity=100), "urgent", "32.65"),
        (agent(1, 40), "medium", "37.50"),  # more than the capacity is as bad as all of it
        (agent(1)._replace(tenant_id=TENANT), "medium", "82.50"),
        (agent(1)._replace(state="busy"), "medium", "67.50"),
        (agent(1)._replace(satisfaction=Decimal(5), response_minutes=Decimal(0)), "medium", "85.00"),
        (agent(1)._replace(response_minutes=Decimal(9000)), "medium", "66.25"),
        (agent(1, 1, capacity=3), "medium", "60.83"),
    ],
)
def test_a_score_is_worked_by_hand(scored: Agent, priority: str, points: str) -> None:
    assert score(scored, NEED._replace(priority=priority)) == Decimal(points)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", ["away", "busy", "offline"])
def test_only_who_is_online_gets_tickets(state: str) -> None:
    assert not is_free(agent(1)._replace(state=state))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("open_tickets", "capacity", "free"), [(17, 20, True), (18, 20, False), (0, 1, True), (0, 0, False)]
)
def test_who_has_nine_tenths_of_his_capacity_gets_no_more(open_tickets: int, capacity: int, free: bool) -> None:
    assert is_free(agent(1, open_tickets, capacity=capacity)) is free


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_where_nobody_is_free_the_ticket_waits(strategy: Strategy) -> None:
    assert assign(strategy, [], NEED) is None
    assert assign(strategy, [agent(1, 18), agent(2)._replace(state="away")], NEED) is None


def test_round_robin_begins_with_the_first_and_goes_around() -> None:
    agents = [agent(number) for number in (3, 1, 2)]
    assert chosen("round_robin", agents) == [1, 2, 3]
    assert chosen("round_robin", agents, turn=1) == [2, 3, 1]
    assert chosen("round_robin", agents, turn=3) == [1, 2, 3]


def test_round_robin_loses_no_turn_when_agents_come_and_go() -> None:
    assert chosen("round_robin", [agent(1), agent(3), agent(4)], turn=2) == [3, 4, 1]
    assert chosen("round_robin", [agent(1, 18), agent(2), agent(3)], turn=3) == [2, 3]


def test_least_busy_is_by_the_part_of_the_capacity_that_is_taken() -> None:
    assert chosen("least_busy", [agent(1, 4, capacity=10), agent(2, 6, capacity=20), agent(3, 5, capacity=10)]) == [
        2,
        1,
        3,
    ]


def test_of_equally_busy_agents_who_waited_longest_comes_first() -> None:
    waited = [
        agent(number)._replace(last_assigned_at=START + hours * timedelta(hours=1))
        for number, hours in ((1, 2), (2, 1))
    ]
    assert chosen("least_busy", [*waited, agent(3)]) == [3, 2, 1]
    assert chosen("hybrid", [*waited, agent(3)]) == [3, 2, 1]
    assert chosen("least_busy", [agent(2), agent(1)]) == [1, 2]


def test_experts_come_first_then_who_is_least_busy() -> None:
    agents = [agent(1, 1), agent(2, 9, "billing"), agent(3, 8, "billing", "security"), agent(4, 0, "security")]
    assert chosen("expertise_match", agents) == [3, 2, 4, 1]


def test_hybrid_weighs_expertise_against_load() -> None:
    """Expertise is worth 20 points, and so is 57 % of load."""
    assert chosen("hybrid", [agent(1, 0), agent(2, 11, "billing")]) == [2, 1]
    assert chosen("hybrid", [agent(1, 0), agent(2, 12, "billing")]) == [1, 2]


def test_no_more_than_three_alternatives_are_named() -> None:
    assert chosen("round_robin", [agent(number) for number in range(1, 9)]) == [1, 2, 3, 4]


def play(strategy: Strategy, seed: int) -> list[UUID | None]:
    """A thousand tickets of many kinds to ten agents of room for 50 each, who are asked in any order."""
    chance = random.Random(seed)
    agents = {UUID(int=n): agent(n, 0, *(["billing"] if n % 2 else []), capacity=50) for n in range(1, 11)}
    turn, got = None, list[UUID | None]()
    for number in range(1000):
        need = Need(chance.choice(("billing", "security")), chance.choice(("low", "urgent")), TENANT)
        shuffled = random.sample(list(agents.values()), len(agents))  # not of the seed: the order must not matter
        found = assign(strategy, shuffled, need, turn)
        got.append(found and found.agent_id)
        if found:
            turn, taken = found.agent_id, agents[found.agent_id]
            at = START + number * timedelta(seconds=1)
            agents[turn] = taken._replace(open_tickets=taken.open_tickets + 1, last_assigned_at=at)
    return got


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_replay_gives_every_ticket_to_the_same_agent_and_nobody_too_much(strategy: Strategy) -> None:
    first = play(strategy, seed=7)
    assert first == play(strategy, seed=7)
    assert Counter(first) == {UUID(int=n): 45 for n in range(1, 11)} | {None: 550}


@pytest.mark.parametrize("strategy", ["round_robin", "least_busy"])
def test_the_even_strategies_spread_evenly_at_any_time(strategy: Strategy) -> None:
    counts = Counter[UUID | None]()
    for number, who in enumerate(play(strategy, seed=8)[:450]):
        counts[who] += 1
        assert counts[who] == number // 10 + 1

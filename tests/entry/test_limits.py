"""Rate limits at the door: what a call is charged to, what a refusal tells, and whom it leaves alone."""

import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from shared.core.call import Actor
from shared.entry import limits
from shared.entry.http import Api
from tests.support.client import Answer, Client, sign_up
from tests.support.database import Database
from tests.support.endpoint import save_note, send
from tests.support.examples import key, member
from tests.support.notes import bodies

USER = Actor(uuid.UUID(int=1), uuid.UUID(int=2), uuid.UUID(int=3), "owner")
OPERATION = "GET /api/double"
BY_KEY = Actor(uuid.UUID(int=1), uuid.UUID(int=2), role="owner", key_id=uuid.UUID(int=4))


@pytest.fixture(autouse=True)
def factor(monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures as they are on AWS; other tests work with a thousand times as much."""
    monkeypatch.setenv("RATE_LIMIT_FACTOR", "1")


def reading(cost: int) -> Api:
    api = Api(scope="quotes:read", cost=cost)

    @api.get("/api/double")
    def double() -> str:
        return "aa"

    return api


def statuses(call: Callable[[], Answer], count: int) -> list[int]:
    return [call().status for _ in range(count)]


def refused_after(units: int, call: Callable[[], Answer], usual: int) -> Answer:
    """The refusal, which comes after so many calls and what was paid back meanwhile."""
    begun, calls = time.monotonic(), 0
    while (answer := call()).status == usual:
        calls += 1
    assert units <= calls <= units * (1 + (time.monotonic() - begun) / 60)
    assert (answer.status, answer.json["type"]) == (429, "/problems/rate-limited")
    return answer


@pytest.mark.parametrize(
    ("actor", "options", "charged"),
    [
        (Actor(), {}, {"address": 100}),
        (Actor(), {"guessable": True}, {"address": 100, "guess": 20}),
        (USER, {}, {"user": 300, "tenant": 1200}),
        (USER, {"guessable": True}, {"user": 300, "tenant": 1200, "guess": 20}),
        (USER, {"per_minute": 10}, {"user": 300, "tenant": 1200, "operation": 10}),
        (BY_KEY, {}, {"key": 300, "tenant": 1200}),
        (Actor(admin_id=uuid.UUID(int=4)), {}, {"admin": 60}),
        (replace(USER, admin_id=uuid.UUID(int=4)), {}, {"admin": 60}),
    ],
)
def test_what_a_call_is_charged_to(actor: Actor, options: dict[str, Any], charged: dict[str, int]) -> None:
    assert {limit.name: limit.units for limit in limits.of(actor, "203.0.113.1", OPERATION, **options)} == charged


def test_a_limit_of_one_operation_is_its_callers_own() -> None:
    def key(actor: Actor, operation: str) -> bytes:
        return limits.of(actor, "203.0.113.1", operation, per_minute=10)[-1].key

    assert key(USER, "a") == key(USER, "a")
    assert (
        len({key(USER, "a"), key(USER, "b"), key(replace(USER, user_id=uuid.UUID(int=9)), "a"), key(BY_KEY, "a")}) == 4
    )


@pytest.mark.parametrize(("value", "units"), [("1000", 100_000), ("0.5", 50), ("0.0001", 1)])
def test_the_figures_are_multiplied(monkeypatch: pytest.MonkeyPatch, value: str, units: int) -> None:
    monkeypatch.setenv("RATE_LIMIT_FACTOR", value)
    assert limits.of(Actor(), "203.0.113.1", OPERATION)[0].units == units


def test_an_ipv6_address_is_its_64_and_guesses_belong_to_one_operation() -> None:
    def keys(address: str, operation: str) -> set[bytes]:
        return {limit.key for limit in limits.of(Actor(), address, operation, guessable=True)}

    assert keys("2001:db8::1", "a") == keys("2001:db8::ffff:1", "a")
    assert not keys("2001:db8::1", "a") & keys("2001:db8:0:1::1", "a")
    assert keys("::ffff:203.0.113.1", "a") == keys("203.0.113.1", "a")
    assert len(keys("203.0.113.1", "a") & keys("203.0.113.1", "b")) == 1


def test_a_user_has_300_calls_a_minute_and_learns_when_to_come_back(owner: Client, database: Database) -> None:
    api = reading(1)
    answer = refused_after(300, lambda: send(api, owner), 200)
    assert (answer.json["limit"], answer.json["quota"], answer.json["retry_after"]) == ("user", 300, 1)
    assert answer.headers["retry-after"] == "1"
    assert answer.headers["ratelimit"] == '"user";r=0;t=1'
    assert answer.headers["ratelimit-policy"] == '"user";q=300;w=60'


def new_address() -> str:
    """In a /64 of its own."""
    digits = uuid.uuid4().hex
    return f"2001:db8:{digits[:4]}:{digits[4:8]}::1"


def test_an_address_has_100_calls_of_nobody_known(nobody: Client) -> None:
    def refresh(address: str) -> Answer:
        return nobody.post("/api/auth/refresh", {"refresh_token": "x" * 43}, x_test_ip=address)

    mine, next_door = new_address(), new_address()
    assert refused_after(100, lambda: refresh(mine), 401).json["limit"] == "address"
    assert refresh(next_door).status == 401


def test_a_secret_is_guessed_20_times_a_minute_from_one_address(nobody: Client) -> None:
    address = new_address()

    def guess() -> Answer:
        given = {"email": f"{uuid.uuid4().hex}@example.com", "password": "wrong password"}
        return nobody.post("/api/auth/signin", given, x_test_ip=address)

    assert refused_after(20, guess, 401).json["limit"] == "guess"
    refresh = nobody.post("/api/auth/refresh", {"refresh_token": "x" * 43}, x_test_ip=address)
    assert refresh.status == 401, "another operation is not closed"


def test_a_key_has_a_limit_of_its_own(owner: Client) -> None:
    first, second = (key(owner, "tenant:read") for _ in range(2))
    assert refused_after(300, lambda: first.get("/api/tenant"), 200).json["limit"] == "key"
    assert second.get("/api/tenant").status == owner.get("/api/tenant").status == 200


def test_colleagues_share_their_tenants_limit_and_nobody_elses(owner: Client, database: Database) -> None:
    """A noisy tenant: whoever belongs to it waits, another tenant at the same address does not notice."""
    api, other = reading(300), sign_up()
    team = [owner, *(member(owner, "staff", database) for _ in range(4))]
    assert [send(api, one).status for one in team] == [200, 200, 200, 200, 429]
    refused = send(api, team[-1])
    assert (refused.json["limit"], refused.json["quota"]) == ("tenant", 1200)
    assert send(api, other).status == 200


def test_colleagues_behind_one_address_do_not_share_it(owner: Client, database: Database) -> None:
    """Sixty of an office may work at once: 100 calls a minute for all of them would be less than a user has alone."""
    team = [owner, member(owner, "staff", database)]
    assert [send(reading(300), one).status for one in team] == [200, 200]


def test_a_heavy_call_takes_more(owner: Client, database: Database) -> None:
    assert statuses(lambda: send(reading(100), owner), 4) == [200, 200, 200, 429]
    other = sign_up()
    assert statuses(lambda: send(reading(1000), other), 2) == [200, 429], "more than there is takes all of it"


def test_a_refused_call_does_nothing(owner: Client, noted: Database) -> None:
    api = save_note(cost=300)
    assert [send(api, owner, json={"body": text}).status for text in ("one", "two")] == [201, 429]
    assert bodies(noted) == ["one"]


def test_a_repeated_key_is_charged_once_a_call(owner: Client, noted: Database) -> None:
    api = save_note(cost=150)

    def repeat() -> Answer:
        return send(api, owner, json={"body": "one"}, headers={"idempotency-key": "k"})

    assert statuses(repeat, 3) == [201, 201, 429]


def test_what_cannot_be_judged_is_not_charged(owner: Client, noted: Database) -> None:
    """It does not reach the database, and guards nothing by being counted."""
    api = save_note(cost=300)
    assert [send(api, owner, json={"nope": 1}).status for _ in range(2)] == [422] * 2
    assert send(api, owner, json={"body": "one"}).status == 201


@pytest.mark.parametrize("path", ["/health", "/health/db", "/openapi.json"])
def test_health_and_documentation_are_free(nobody: Client, path: str) -> None:
    assert statuses(lambda: nobody.get(path), 150) == [200] * 150


def test_limits_cost_no_round_trip(owner: Client, noted: Database) -> None:
    read, write = reading(1), save_note()
    send(read, owner)
    for api, given, trips in ((read, None, 1), (write, {"body": "one"}, 2)):
        before = noted.proxy.round_trips
        send(api, owner, json=given)
        assert noted.proxy.round_trips - before == trips

"""The last use of a coupon, wanted by a hundred at once, a connection each: exactly the cap is given."""

import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

import pytest

from shared.core import db
from shared.core.call import Actor, Call
from shared.domains.coupons.errors import CouponRefused, RedemptionOver
from shared.domains.coupons.rows import OfferRow, Use
from shared.domains.coupons.schemas.redemptions import RedemptionIn
from shared.domains.coupons.service import redemptions
from tests.functions.coupons.campaigns import add_coupon, add_lapsed, purchase, redeem, uses
from tests.support import client
from tests.support.client import Client
from tests.support.database import Database
from tests.support.stack import Stack

CALLERS, ROUNDS = 100, 20
PATIENT = "set local lock_timeout = '60s'; set local statement_timeout = '60s'"  # a hundred in line on a slow machine


class Case(NamedTuple):
    """A coupon, how many uses are left, of which some have `lapsed`, and why the others are refused."""

    terms: dict[str, object]
    left: int
    reason: str
    one_user: bool = False
    lapsed: int = 0


CASES = {
    "one use left": Case({"max_uses": 5, "uses": 4}, 1, "exhausted"),
    "three of five left": Case({"max_uses": 5, "uses": 2}, 3, "exhausted"),
    "one per user": Case({"max_uses": None, "max_uses_per_user": 1}, 1, "user_limit", one_user=True),
}
MORE = {
    "three uses lapsed": Case({"max_uses": 5, "uses": 2}, 3, "exhausted", lapsed=3),
    "hot, three uses lapsed": Case({"max_uses": 3, "hot": True}, 3, "exhausted", lapsed=3),
    "hot, one use left": Case({"max_uses": 1, "hot": True}, 1, "exhausted"),
    "hot, three uses left": Case({"max_uses": 3, "hot": True}, 3, "exhausted"),
    "hot, one per user": Case({"max_uses": 500, "hot": True, "max_uses_per_user": 1}, 1, "user_limit", one_user=True),
}
Crowd = Callable[[Callable[[int], str]], list[str]]


@pytest.fixture(scope="module")
def crowd(database: Database) -> Iterator[Crowd]:
    """Lets a hundred callers, each a thread and so a connection, do the same at once."""
    together = threading.Barrier(CALLERS, timeout=60)

    def leave(_: int) -> str:
        together.wait()
        db.hang_up()
        return ""

    with ThreadPoolExecutor(CALLERS) as callers:

        def at_once(work: Callable[[int], str]) -> list[str]:
            def one(number: int) -> str:
                together.wait()
                return work(number)

            return list(callers.map(one, range(CALLERS)))

        yield at_once
        list(callers.map(leave, range(CALLERS)))


def reserve(code: str, user: UUID, tenant: UUID) -> str:
    """What becomes of one caller: "reserved", or the reason why not."""
    call = Call(Actor(user, tenant, role="owner"), datetime.now(UTC))
    try:
        with db.transaction(db.Scope(tenant)) as call.connection:
            for setting in PATIENT.split("; "):
                call.connection.execute(setting)
            return redemptions.reserve(call, RedemptionIn.model_validate(purchase(code))).state
    except CouponRefused as refused:
        return refused.reason
    except db.DatabaseError as error:
        return str(call.refusals[str(db.violated(error))].slug).removeprefix("coupon-").replace("-", "_")


def race(crowd: Crowd, case: Case, database: Database, tenant: UUID) -> None:
    """One round, judged by what the callers were told and by what is written."""
    code, one = add_coupon(database, **case.terms), uuid.uuid4()
    add_lapsed(database, code, case.lapsed)
    before = uses(database, code)
    told = crowd(lambda _: reserve(code, one if case.one_user else uuid.uuid4(), tenant))
    assert Counter(told) == {"reserved": case.left, case.reason: CALLERS - case.left}
    gone = {"recorded": 0}
    after = {name: count + case.left - gone.get(name, case.lapsed) for name, count in before.items()}
    assert uses(database, code) == after


@pytest.fixture(scope="module")
def tenant(database: Database) -> UUID:
    return UUID(client.sign_up().account["tenant"]["id"])


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_exactly_the_cap_is_given(case: Case, crowd: Crowd, database: Database, tenant: UUID) -> None:
    for _ in range(ROUNDS):
        race(crowd, case, database, tenant)


@pytest.mark.parametrize("case", MORE.values(), ids=MORE)
def test_exactly_the_cap_is_given_of_a_hot_campaign_and_of_what_lapsed(
    case: Case, crowd: Crowd, database: Database, tenant: UUID
) -> None:
    race(crowd, case, database, tenant)


@pytest.mark.soak
@pytest.mark.parametrize("name", CASES | MORE)
def test_exactly_the_cap_is_given_round_after_round(name: str, crowd: Crowd, database: Database, tenant: UUID) -> None:
    for _ in range(1000 if name in CASES else 100):
        race(crowd, (CASES | MORE)[name], database, tenant)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_race_catches_what_is_read_before_it_is_written(
    case: Case, crowd: Crowd, database: Database, tenant: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: everybody has found a use left, then everybody writes that he took it."""
    everybody_has_read = threading.Barrier(CALLERS, timeout=60)

    def read_then_write(call: Call, offer: OfferRow, use: Use) -> None:
        everybody_has_read.wait()
        row = use._asdict()
        call.connection.execute("update coupons set uses = $1 where id = $2", [offer.used + 1, offer.id])
        insert(call, "coupon_holds", {name: row[name] for name in ("redemption_id", "coupon_id", "user_id")})
        insert(call, "coupon_usages", {"id": row.pop("redemption_id"), "state": "reserved"} | row)

    monkeypatch.setattr(redemptions, "take", read_then_write)
    with pytest.raises(AssertionError, match=f"'reserved': {CALLERS}"):
        race(crowd, case, database, tenant)


def insert(call: Call, table: str, row: Mapping[str, object]) -> None:
    places = ", ".join(f"${place}" for place in range(1, len(row) + 1))
    call.connection.execute(f"insert into {table} ({', '.join(row)}) values ({places})", list(row.values()))


@pytest.mark.parametrize("hot", [False, True])
def test_a_reservation_ends_once(crowd: Crowd, database: Database, tenant: UUID, hot: bool) -> None:
    """Half of the callers consume it, the others release it."""
    code = add_coupon(database, max_uses=1, hot=hot)
    assert reserve(code, uuid.uuid4(), tenant) == "reserved"
    [[redemption_id]] = database.run(
        "select u.id from coupon_usages u join coupons c on c.id = coupon_id where code = :code", code=code
    )

    def end(number: int) -> str:
        call = Call(Actor(tenant_id=tenant), datetime.now(UTC))
        change = redemptions.consume if number % 2 else redemptions.release
        try:
            with db.transaction(db.Scope(tenant)) as call.connection:
                return change(call, UUID(str(redemption_id))).state
        except RedemptionOver as over:
            return f"over: {over.facts['state']}"

    told = Counter(crowd(end))
    [state] = [state for state in told if not state.startswith("over")]
    assert told == {state: 1, f"over: {state}": CALLERS - 1}
    kept = int(state == "consumed")
    assert uses(database, code) == {"counted": kept, "held": kept, "recorded": kept}


def test_exactly_the_cap_is_given_over_http(stack: Stack) -> None:
    owner, callers = client.sign_up(stack.transport), 50
    code, together = add_coupon(stack.database, max_uses=5, uses=2), threading.Barrier(callers, timeout=60)

    def call(_: int) -> client.Answer:
        together.wait()
        return redeem(Client(stack.transport, owner.token), code)

    with ThreadPoolExecutor(callers) as threads:
        answers = list(threads.map(call, range(callers)))
    assert Counter(answer.status for answer in answers) == {201: 3, 409: callers - 3}, answers
    assert {answer.json["type"] for answer in answers if answer.status == 409} == {"/problems/coupon-exhausted"}
    assert uses(stack.database, code) == {"counted": 5, "held": 3, "recorded": 3}

"""GET /api/coupons/analytics."""

import uuid
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from shared.core import db
from shared.core.db import Scope
from shared.domains.coupons.queries import analytics as queries
from tests.functions.coupons.campaigns import consume, redeemed
from tests.functions.coupons.catalogue import RUNNING, made
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database

DAYS = {"from": "2090-05-01", "to": "2090-05-03"}


def example(admin: Client) -> Request:
    return Request("GET", "/api/coupons/analytics")


def consumed_in_may(admin: Client, database: Database) -> list[dict[str, Any]]:
    """Uses of seven coupons by three users in two currencies, on three days: some are given back, one is on the day
    before and one on the day after."""
    users, uses = [sign_up() for _ in range(3)], []
    coupons = [made(admin, max_uses=None if n == 6 else 10, max_uses_per_user=9, **RUNNING) for n in range(7)]
    for n, coupon in enumerate(coupons):
        for m in range(n + 1):
            amount, currency, user = Decimal(f"{100 * n + m}.55"), ("INR", "EUR")[m % 3 == 2], users[(n * m) % 3]
            id_ = redeemed(user, coupon["code"], purchase_amount=str(amount), currency=currency)
            consume(admin, id_)
            at, state = f"2090-05-0{1 + m % 3}T23:59:59Z", "given_back" if (n, m) == (6, 0) else "consumed"
            if (n, m) in ((5, 0), (5, 1)):
                at = ("2090-04-30T23:59:59Z", "2090-05-04T00:00:00Z")[m]
            database.run(
                "update coupon_usages set consumed_at = cast(:at as timestamptz), state = :state where id = :id",
                at=at, state=state, id=id_,
            )  # fmt: skip
            uses.append(
                {"coupon": coupon, "amount": amount, "currency": currency, "user": user, "at": at, "state": state}
            )
    return [use for use in uses if use["state"] == "consumed" and "2090-05-01" <= use["at"][:10] <= "2090-05-03"]


def off(use: dict[str, Any]) -> Decimal:
    return (use["amount"] / 5).quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_it_agrees_with_a_hand_count(admin: Client, database: Database) -> None:
    uses = consumed_in_may(admin, database)
    figures = admin.get("/api/coupons/analytics", **DAYS).json
    assert len(uses) == figures["uses"] == 25
    assert figures["distinct_users"] == len({use["user"].token for use in uses}) == 3
    for entry in figures["money"]:
        mine = [use for use in uses if use["currency"] == entry["currency"]]
        total = sum(map(off, mine), Decimal(0))
        assert entry == {
            "currency": entry["currency"], "uses": len(mine), "total_discount": str(total),
            "mean_discount": str((total / len(mine)).quantize(Decimal("0.01"), ROUND_HALF_UP)),
            "purchase_amount": str(sum((use["amount"] for use in mine), Decimal(0))),
        }  # fmt: skip
    assert [entry["currency"] for entry in figures["money"]] == ["EUR", "INR"]
    by_day: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for use in uses:
        by_day[use["at"][:10], use["currency"]].append(use)
    assert figures["by_day"] == [
        {
            "day": day, "currency": currency, "uses": len(mine), "total_discount": str(sum(map(off, mine), Decimal(0))),
            "purchase_amount": str(sum((use["amount"] for use in mine), Decimal(0))),
        }
        for (day, currency), mine in sorted(by_day.items())
    ]  # fmt: skip
    counted = Counter(use["coupon"]["code"] for use in uses)
    top = sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:5]
    assert [(entry["code"], entry["uses"]) for entry in figures["top"]] == top
    [[offered]] = database.run("select sum(max_uses) from coupons where status not in ('pending_approval', 'rejected')")
    limited = sum(use["coupon"]["max_uses"] is not None for use in uses)
    rate = (Decimal(limited) / Decimal(str(offered))).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    assert Decimal(figures["redemption_rate"]) == rate


def test_it_counts_coupons_as_they_stand(admin: Client, database: Database) -> None:
    before = admin.get("/api/coupons/analytics").json
    made(admin)
    made(admin, valid_from="2026-01-01T00:00:00Z", valid_until="2026-01-02T00:00:00Z")
    admin.delete(f"/api/coupons/{made(admin)['id']}")
    after = admin.get("/api/coupons/analytics").json
    assert [after[name] - before[name] for name in ("coupons", "active", "expired")] == [3, 1, 1]


def test_a_limit_lowered_below_what_is_used_offers_no_less(admin: Client) -> None:
    def offered() -> int | None:
        now = datetime.now(UTC)
        with db.reading(Scope(staff=True)) as connection:
            return queries.figures(
                connection, coupon=None, start=now - timedelta(days=1), end=now + timedelta(days=1), now=now
            ).offered_uses

    coupon, user, before = made(admin, max_uses=3, max_uses_per_user=2, **RUNNING), sign_up(), offered() or 0
    for _ in range(2):
        consume(admin, redeemed(user, coupon["code"]))
    assert offered() == before
    assert admin.patch(f"/api/coupons/{coupon['id']}", {"max_uses": 1}).status == 200
    assert offered() == before - 1


def test_a_time_without_uses(admin: Client) -> None:
    figures = admin.get("/api/coupons/analytics", **{"from": "2990-01-01"}).json
    assert (figures["uses"], figures["money"], figures["by_day"], figures["top"]) == (0, [], [], [])
    assert admin.get("/api/coupons/analytics", **{"from": "20900501"}).status == 422
    assert admin.get(f"/api/coupons/{uuid.uuid4()}/analytics", **DAYS).status == 404


def test_the_uses_of_a_period_are_found_by_index(admin: Client, database: Database) -> None:
    id_ = redeemed(sign_up(), made(admin, **RUNNING)["code"])
    database.run(
        "insert into coupon_usages select (jsonb_populate_record(use, jsonb_build_object('id', gen_random_uuid(),"
        " 'state', 'consumed', 'consumed_at', timestamptz '2091-01-01' + n * interval '1 hour'))).*"
        " from coupon_usages as use, generate_series(1, 5000) as n where id = :id", id=id_,
    )  # fmt: skip
    database.run("analyze coupon_usages")
    start = datetime(2091, 2, 1, tzinfo=UTC)
    query: Any = queries.figures
    text, given = query.texts[frozenset({"coupon"})], {"start": start, "end": start + timedelta(days=1), "now": start}
    with db.reading(Scope(staff=True)) as connection:
        plan = connection.execute(f"explain {text.sql}", [given.get(name, fixed) for name, fixed in text.binds]).rows
    database.run("delete from coupon_usages where consumed_at > timestamptz '2091-01-01'")
    assert any("coupon_usages_consumed" in line for [line] in plan or ()), plan

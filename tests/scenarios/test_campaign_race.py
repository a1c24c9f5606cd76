"""Twenty admins at the same coupons at once, a connection each: one decides, and nothing is given to two."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from shared.core import db, query
from shared.core.call import Actor, Call
from shared.core.errors import Problem
from shared.core.tables import Rows
from shared.domains.coupons.queries import catalogue
from shared.domains.coupons.queries import series as queries
from shared.domains.coupons.rows import CouponRow, IdRow
from shared.domains.coupons.service import approval, series
from shared.domains.coupons.tables import coupons
from tests.functions.coupons.catalogue import waiting
from tests.functions.coupons.series import act, members
from tests.functions.coupons.series import series as new_series
from tests.support.client import Client, sign_up
from tests.support.database import Database

ADMINS = 20


def at_once(work: Callable[[Call, int], object]) -> list[str]:
    """What each of them got: a problem's name, or nothing."""
    together = threading.Barrier(ADMINS, timeout=60)

    def one(number: int) -> str:
        call = Call(Actor(admin_id=uuid4(), role="super_admin"), datetime.now(UTC))
        together.wait()
        try:
            with db.transaction(db.Scope(staff=True)) as call.connection:
                work(call, number)
        except Problem as problem:
            return problem.slug
        finally:
            db.hang_up()
        return ""

    with ThreadPoolExecutor(ADMINS) as admins:
        return list(admins.map(one, range(ADMINS)))


def decide(admin: Client) -> list[str]:
    """Ten approve a coupon while ten reject it."""
    id_ = UUID(waiting(admin)["id"])

    def work(call: Call, number: int) -> None:
        if number % 2:
            approval.approve_coupon(call, id_)
        else:
            approval.reject_coupon(call, id_, "The discount is too high")

    return at_once(work)


def test_one_decides(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Counter(decide(admin)) == {"": 1, "coupon-not-pending": ADMINS - 1}
    read = threading.Barrier(ADMINS, timeout=60)

    def looked_at_first(connection: db.Connection, **given: Any) -> CouponRow | None:
        found = catalogue.coupon_by_id(connection, id=given["id"], now=given["now"])
        read.wait()
        if found is None or found.status != "pending_approval":
            return None
        catalogue.change_coupon(connection, coupon=found._replace(status=given["status"])._asdict())
        return found

    monkeypatch.setattr(catalogue, "decide", looked_at_first)
    assert Counter(decide(admin)) == {"": ADMINS}, "where it is read, checked and written"


def assign(admin: Client, database: Database) -> int:
    """How many coupons have somebody, after twenty operations each gave one of as many to another."""
    id_, holder = new_series(admin, database, count=ADMINS), sign_up().account["user"]["id"]
    for _ in range(ADMINS):
        act(admin, "assign", series_id=id_, assigned_to=[holder])
    operations = [
        UUID(str(row[0]))
        for row in database.run(
            "select id from coupon_bulk_operations where series_id = :id and action = 'assign'", id=id_
        )
    ]
    at_once(lambda call, number: series.do_slice(call, operations[number]))
    return sum(coupon["assigned_to"] is not None for coupon in members(admin, id_))


@query.all_(IdRow)
def unlocked_targets(*, series: query.Nullable[UUID], ids: list[UUID], limit: int) -> Rows:
    """As `queries.free_targets`, without the lock."""
    found = select(coupons.c.id).where(queries._among(series, ids), queries._free())
    return found.order_by(coupons.c.id).limit(limit)


def test_a_coupon_is_assigned_once(admin: Client, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    assert assign(admin, database) == ADMINS
    read = threading.Barrier(ADMINS, timeout=60)

    def looked_at_first(connection: db.Connection, **given: Any) -> list[IdRow]:
        found = unlocked_targets(connection, **given)
        read.wait()
        return found

    monkeypatch.setattr(queries, "free_targets", looked_at_first)
    assert assign(admin, database) == 1, "where it is read and written"

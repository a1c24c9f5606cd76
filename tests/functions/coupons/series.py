"""Operations on many coupons, as the queue would bring them to their end."""

import json
from typing import Any

from tests.functions.coupons.catalogue import WELCOME
from tests.support import lambdas
from tests.support.client import Answer, Client, Request
from tests.support.database import Database

SERIES = {"action": "create", "prefix": "Diwali", "count": 3, "coupon": WELCOME}


def starting(**changes: object) -> Request:
    return Request("POST", "/api/coupons/bulk", {**SERIES, **changes})


def act(admin: Client, action: str, **fields: object) -> Answer:
    return admin.post("/api/coupons/bulk", {"action": action, **fields})


def next_event(database: Database) -> dict[str, Any] | None:
    """Takes what the relay would take to the queue: the record of the oldest unsent slice."""
    rows = database.run(
        "update outbox set sent_at = created_at where id = (select id from outbox where name = 'CouponBulkStarted'"
        " and sent_at is null order by created_at, id limit 1) returning id, event"
    )
    if not rows:
        return None
    detail = {"id": str(rows[0][0]), "tenant_id": None, "event": rows[0][1]}
    return {"messageId": str(rows[0][0]), "body": json.dumps({"detail": detail})}


def deliver(record: dict[str, Any]) -> None:
    consumer = lambdas.spec("coupons", "on_coupon_bulk_started")
    assert consumer.handle({"Records": [record]}, lambdas.Context()) == {"batchItemFailures": []}


def work_off(database: Database) -> int:
    """How many slices there were."""
    slices = 0
    while record := next_event(database):
        deliver(record)
        slices += 1
    return slices


def finished(admin: Client, database: Database, answer: Answer) -> Any:
    """The operation that this answer tells of, at its end."""
    assert answer.status == 202, answer.body
    work_off(database)
    operation = admin.get(f"/api/coupons/bulk/{answer.json['id']}").json
    assert operation["status"] == "finished"
    return operation


def series(admin: Client, database: Database, **changes: object) -> str:
    """A new series of coupons."""
    return str(finished(admin, database, admin.send(starting(**changes)))["series_id"])


def members(admin: Client, series_id: str) -> list[Any]:
    items: list[Any] = admin.get("/api/coupons", series_id=series_id, limit=100).json["items"]
    return sorted(items, key=lambda item: item["id"])

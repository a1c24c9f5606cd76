"""POST /api/tenant/export."""

from tests.support.client import Client, Request
from tests.support.database import Database


def example(owner: Client) -> Request:
    return Request("POST", "/api/tenant/export")


def test_the_wish_is_queued_and_an_event_tells_of_it(owner: Client, database: Database) -> None:
    answer = owner.send(example(owner))
    assert answer.status == 202
    assert answer.json == {"id": answer.json["id"], "status": "queued"}
    told = "select name, event ->> 'export_id' from outbox where tenant_id = :id and name = 'TenantExportRequested'"
    assert database.run(told, id=owner.account["tenant"]["id"]) == [["TenantExportRequested", answer.json["id"]]]


def test_a_repeated_key_asks_once(owner: Client, database: Database) -> None:
    first, second = (owner.post("/api/tenant/export", idempotency_key="one") for _ in range(2))
    assert first.json == second.json
    asked = "select count(*) from tenant_exports where tenant_id = :id"
    assert database.run(asked, id=owner.account["tenant"]["id"]) == [[1]]

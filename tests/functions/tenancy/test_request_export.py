"""POST /api/tenant/export."""

from tests.support.client import Client, Request, sign_up
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


def test_what_the_tenant_asked_for_a_month_ago_is_forgotten(owner: Client, database: Database) -> None:
    other = sign_up()
    old, others = (f"/api/tenant/export/{each.post('/api/tenant/export').json['id']}" for each in (owner, other))
    database.run("update tenant_exports set created_at = created_at - interval '30 days'")
    recent = f"/api/tenant/export/{owner.post('/api/tenant/export').json['id']}"
    owner.post("/api/tenant/export")
    assert [owner.get(path).status for path in (old, recent)] == [404, 200]
    assert other.get(others).json["status"] == "failed"

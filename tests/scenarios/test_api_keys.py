"""API keys over every kind of call: what they open, and how soon they stop to."""

import json
import logging
import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.functions.members.people import join, make_key, path
from tests.support import client, lambdas
from tests.support.client import Answer, Client, in_process, sign_up
from tests.support.database import Database
from tests.support.stack import Stack

PARTY = {"person_name": "Meena"}


def ended(answer: Answer) -> bool:
    return answer.status == 401 and "revoked" in answer.json["detail"]


def remembered(key: Client) -> Client:
    """The same caller through a gateway that keeps what the authorizer said of the key."""
    claims = lambdas.authorize({"authorization": f"Bearer {key.token}"})
    return Client(lambda request: in_process(request, claims), key.token, key.account)


def test_a_key_reads_and_writes_within_its_scopes(owner: Client) -> None:
    key = make_key(owner, "parties:read", "parties:write")
    made = key.post("/api/parties", PARTY)
    assert made.status == 201
    party = f"/api/parties/{made.json['id']}"
    assert key.get(party).json == owner.get(party).json
    assert key.patch(party, {"designation": "Buyer"}).status == 200
    assert key.delete(party).status == 204
    first, second = (key.post("/api/parties", PARTY, idempotency_key="one") for _ in range(2))
    assert (first.json, second.headers["idempotency-replayed"]) == (second.json, "true")


def test_a_key_does_nothing_else(owner: Client) -> None:
    key = make_key(owner, "parties:read")
    for refused in (
        key.post("/api/parties", PARTY),
        key.get("/api/quotes"),
        key.get("/api/auth/user"),
        key.post("/api/auth/logout"),
        key.get("/api/tenant/members"),
        key.post("/api/api-keys", {"name": "another", "scopes": ["parties:read"]}),
        key.delete(f"/api/api-keys/{key.account['key_id']}"),
        key.post("/api/auth/accept-invite", {"token": "any"}),
    ):
        assert (refused.status, refused.json["type"]) == (403, "/problems/forbidden")


def test_a_key_sees_its_tenant_only(owner: Client) -> None:
    party = sign_up().post("/api/parties", PARTY).json
    assert make_key(owner, "parties:read").get(f"/api/parties/{party['id']}").status == 404


def test_a_revoked_key_is_refused_although_the_gateway_remembers_it(owner: Client) -> None:
    key = remembered(make_key(owner, "parties:read", "parties:write"))
    assert key.get("/api/parties").status == 200
    owner.delete(f"/api/api-keys/{key.account['key_id']}")
    assert ended(key.get("/api/parties"))
    assert ended(key.post("/api/parties", PARTY))


def test_an_expired_key_is_refused_in_both_ways(owner: Client, database: Database) -> None:
    fresh = make_key(owner, "parties:read", expires_at=(datetime.now(UTC) + timedelta(days=1)).isoformat())
    known = remembered(fresh)
    assert fresh.get("/api/parties").status == 200
    database.run("update api_keys set expires_at = created_at where id = :id", id=fresh.account["key_id"])
    refused = fresh.get("/api/parties")
    assert (refused.status, refused.json["detail"]) == (401, "this API key has expired: make a new one")
    assert ended(known.get("/api/parties"))


def test_a_key_never_does_more_than_its_maker_may_now(owner: Client) -> None:
    admin = join(owner, "admin")
    write, read = (remembered(make_key(admin, scope)) for scope in ("parties:write", "parties:read"))
    owner.patch(path(admin), {"role": "viewer"})
    assert ended(write.post("/api/parties", PARTY))
    assert read.get("/api/parties").status == 200


def test_the_keys_of_who_was_removed_are_dead(owner: Client) -> None:
    admin = join(owner, "admin")
    key = make_key(admin, "parties:read")
    known = remembered(key)
    owner.delete(path(admin))
    assert key.get("/api/parties").status == 401
    assert ended(known.get("/api/parties"))


def test_changes_name_the_key(owner: Client, database: Database) -> None:
    key = make_key(owner, "parties:write")
    key.post("/api/parties", PARTY)
    [[operation, user]] = database.run(
        "select operation, user_id::text from audit_logs where api_key_id = :id", id=key.account["key_id"]
    )
    assert (operation, user) == ("POST /api/parties", owner.account["user"]["id"])


def test_the_text_of_a_key_is_nowhere(owner: Client, database: Database, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    key = make_key(owner, "parties:read", "parties:write")
    key.post("/api/parties", PARTY, idempotency_key="one")
    key.post("/api/parties", {"person_name": 7})
    secret = str(key.token)[13:]
    for [table] in database.run("select tablename from pg_tables where schemaname = 'public'"):
        rows = json.dumps(database.run(f"select found::text from {table} as found"))
        assert secret not in rows, table
        assert secret.encode().hex() not in rows, table
    assert secret not in caplog.text


def test_over_http_with_a_gateway_that_caches(stack: Stack) -> None:
    owner = client.sign_up(stack.transport)
    key = make_key(owner, "parties:read", "parties:write")
    assert re.fullmatch(r"bcp_[\w-]{8}_[\w-]{43}", str(key.token), re.ASCII)
    assert key.post("/api/parties", PARTY).status == 201
    assert len(key.get("/api/parties").json["items"]) == 1
    assert key.get("/api/quotes").status == 403
    forged = Client(stack.transport, f"{str(key.token)[:-1]}{'a' if str(key.token)[-1] != 'a' else 'b'}")
    assert forged.get("/api/parties").status == 401
    assert owner.delete(f"/api/api-keys/{key.account['key_id']}").status == 204
    assert ended(key.get("/api/parties"))

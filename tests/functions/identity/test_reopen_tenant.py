"""POST /api/tenant/reopen."""

from tests.functions.identity.test_close_tenant import sign_in
from tests.support import mailed
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database
from tests.support.examples import member


def example(owner: Client) -> Request:
    """Closes a tenant of its own: the owner's is wanted further on."""
    return reopening(sign_up(owner.transport))


def reopening(owner: Client) -> Request:
    assert owner.delete("/api/tenant").status == 204
    return Request("POST", "/api/tenant/reopen", {"token": mailed.secret(owner, "TENANT_CLOSED")})


def test_everything_is_there_again_after_signing_in(owner: Client) -> None:
    party = owner.post("/api/parties", {"person_name": "Meena"}).json
    request = reopening(owner)
    assert Client().send(request).status == 204
    assert owner.get("/api/auth/user").status == 401, "the session of before stays ended"
    again = sign_in(owner)
    assert again.get(f"/api/parties/{party['id']}").json == party


def test_the_link_works_once(owner: Client) -> None:
    request = reopening(owner)
    assert [Client().send(request).status for _ in range(2)] == [204, 410]


def test_a_new_closing_has_a_new_link(owner: Client) -> None:
    first = reopening(owner)
    Client().send(first)
    second = reopening(sign_in(owner))
    assert Client().send(first).status == 410
    assert Client().send(second).status == 204


def test_one_owners_link_ends_the_others(owner: Client, database: Database) -> None:
    partner = member(owner, "owner", database)
    request = reopening(owner)
    late = mailed.secret(partner, "TENANT_CLOSED")
    assert Client().send(request).status == 204
    assert Client().post("/api/tenant/reopen", {"token": late}).status == 410


def test_after_the_grace_it_is_too_late(owner: Client, database: Database) -> None:
    request = reopening(owner)
    tenant = owner.account["tenant"]["id"]
    for table, column, key in (("tenants", "erase_at", "id"), ("email_tokens", "expires_at", "tenant_id")):
        database.run(f"update {table} set {column} = {column} - interval '30 days' where {key} = :id", id=tenant)
    assert Client().send(request).status == 410
    assert database.run("select closed_at is null from tenants where id = :id", id=tenant) == [[False]]

"""DELETE /api/auth/sessions/{session_id}."""

from tests.functions.identity.test_list_sessions import sign_in
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database

OWN = True


def example(owner: Client) -> Request:
    sign_in(owner)
    listed = owner.get("/api/auth/sessions").json["items"]
    other = next(session["id"] for session in listed if not session["current"])
    return Request("DELETE", f"/api/auth/sessions/{other}")


def session_of(client: Client) -> str:
    listed = client.get("/api/auth/sessions").json["items"]
    return str(next(session["id"] for session in listed if session["current"]))


def test_its_tokens_are_dead_at_once(owner: Client) -> None:
    other = sign_in(owner)
    assert owner.delete(f"/api/auth/sessions/{session_of(other)}").status == 204
    assert other.get("/api/auth/user").status == 401
    assert Client().post("/api/auth/refresh", {"refresh_token": other.account["refresh_token"]}).status == 401
    assert owner.get("/api/auth/user").status == 200


def test_what_has_ended_cannot_end_again(owner: Client) -> None:
    request = example(owner)
    assert [owner.send(request).status, owner.send(request).status] == [204, 404]


def test_this_one_can_be_ended_too(owner: Client) -> None:
    assert owner.delete(f"/api/auth/sessions/{session_of(owner)}").status == 204
    assert owner.get("/api/auth/user").status == 401


def test_a_colleagues_is_not_found(owner: Client, database: Database) -> None:
    colleague = sign_up()
    database.run(
        "update tenant_users set tenant_id = :tenant where user_id = :user",
        tenant=owner.account["tenant"]["id"], user=colleague.account["user"]["id"],
    )  # fmt: skip
    colleague = sign_in(colleague)
    assert owner.delete(f"/api/auth/sessions/{session_of(colleague)}").status == 404
    assert colleague.get("/api/auth/user").status == 200

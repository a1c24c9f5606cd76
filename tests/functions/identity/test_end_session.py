"""DELETE /api/auth/sessions/{session_id}."""

import pytest

from tests.functions.identity.test_list_sessions import sign_in
from tests.functions.impersonation.acting import impersonate, is_alive
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database
from tests.support.examples import member

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


@pytest.mark.parametrize("who", ["user", "owner"])
def test_what_our_support_does_ends_by_a_word_of_its_user_or_an_owner(
    who: str, owner: Client, admin: Client, database: Database
) -> None:
    staff = member(owner, "staff", database)
    acting = impersonate(admin, staff)
    path = f"/api/auth/sessions/{acting.account['impersonation_id']}"
    for other in (member(owner, "admin", database), sign_up()):
        assert other.delete(path).status == 404
    assert is_alive(acting)
    assert (staff if who == "user" else owner).delete(path).status == 204
    assert not is_alive(acting)
    assert staff.get("/api/auth/user").status == 200

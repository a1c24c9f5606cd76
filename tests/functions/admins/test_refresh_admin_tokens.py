"""POST /api/admin/refresh."""

from tests.support.client import Answer, Client, Request
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("POST", "/api/admin/refresh", {"refresh_token": admin.account["refresh_token"]})


def refresh(token: str) -> Answer:
    return Client().post("/api/admin/refresh", {"refresh_token": token})


def aged(database: Database, admin: Client, change: str) -> None:
    database.run(f"update admin_sessions set {change} where admin_id = :id", id=admin.account["admin"]["id"])


def test_it_gives_new_tokens_of_the_same_session(admin: Client) -> None:
    answer = Client().send(example(admin))
    assert answer.status == 200
    fresh = Client(token=answer.json["access_token"])
    assert fresh.get("/api/admin/profile").status == 200
    assert refresh(answer.json["refresh_token"]).status == 200


def test_using_one_again_ends_the_session(admin: Client) -> None:
    first = Client().send(example(admin)).json
    assert Client().send(example(admin)).status == 401
    assert Client(token=first["access_token"]).get("/api/admin/profile").status == 401
    assert refresh(first["refresh_token"]).status == 401


def test_that_is_in_the_log_and_a_token_that_never_was_is_not(admin: Client, database: Database) -> None:
    for token in (admin.account["refresh_token"], admin.account["refresh_token"], "x" * 43):
        Client().send(Request("POST", "/api/admin/refresh", {"refresh_token": token}, headers={"user-agent": "curl"}))
    assert database.run(
        "select event, user_agent from admin_login_audit_logs where admin_id = :id and event <> 'login_success'",
        id=admin.account["admin"]["id"],
    ) == [["token_reused", "curl"]]


def test_no_session_lives_longer_than_an_hour(admin: Client, database: Database) -> None:
    aged(database, admin, "expires_at = now() + interval '100 seconds'")
    answer = refresh(admin.account["refresh_token"])
    assert 90 < answer.json["expires_in"] <= 100
    aged(database, admin, "expires_at = now()")
    assert admin.get("/api/admin/profile").status == 401
    assert refresh(answer.json["refresh_token"]).status == 401


def test_half_an_hour_without_a_request_ends_a_session(admin: Client, database: Database) -> None:
    aged(database, admin, "last_seen_at = now() - interval '29 minutes'")
    assert admin.get("/api/admin/profile").status == 200, "which counts as seen"
    aged(database, admin, "last_seen_at = last_seen_at - interval '29 minutes'")
    assert admin.get("/api/admin/profile").status == 200
    aged(database, admin, "last_seen_at = now() - interval '31 minutes'")
    assert admin.get("/api/admin/profile").status == 401
    assert admin.get("/api/admin/profile").status == 401, "asking does not wake it"
    assert refresh(admin.account["refresh_token"]).status == 401


def test_a_token_of_nobody_is_refused(nobody: Client) -> None:
    assert refresh("x" * 43).status == 401

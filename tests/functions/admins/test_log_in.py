"""POST /api/admin/login."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.core import tokens
from tests.support import admins
from tests.support.client import PASSWORD, Client, Request, new_email
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("POST", "/api/admin/login", {"email": admin.account["admin"]["email"], "password": PASSWORD})


def attempt(email: str, password: str = "wrong password", ip: str = "203.0.113.7") -> int:
    return Client().post("/api/admin/login", {"email": email, "password": password}, x_test_ip=ip).status


def test_the_right_password_opens_a_session_of_an_hour(admin: Client) -> None:
    answer = Client().send(example(admin))
    assert answer.status == 200
    assert answer.json["admin"]["role"] == "super_admin"
    assert "impersonate_users" in answer.json["admin"]["permissions"]
    assert (answer.json["token_type"], answer.json["expires_in"]) == ("Bearer", 900)
    left = datetime.fromisoformat(answer.json["session_expires_at"]) - datetime.now(UTC)
    assert timedelta(minutes=59) < left <= timedelta(hours=1)


def test_a_session_may_be_shorter_by_its_setting(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_SESSION_TIMEOUT", "300")
    assert admins.log_in(admin).json["expires_in"] == 300 < tokens.LIFETIME


def test_unknown_admin_and_wrong_password_answer_alike(admin: Client) -> None:
    known = Client().post("/api/admin/login", {"email": admin.account["admin"]["email"], "password": "not this one"})
    unknown = Client().post("/api/admin/login", {"email": new_email(), "password": "not this one"})
    assert known.status == unknown.status == 401
    assert known.json | {"instance": ""} == unknown.json | {"instance": ""}


def test_a_user_is_no_admin(owner: Client) -> None:
    assert attempt(owner.account["user"]["email"], PASSWORD) == 401


def test_who_never_chose_a_password_has_none(database: Database) -> None:
    email = new_email()
    admins.make_admin(email)
    assert attempt(email, "") == attempt(email) == 401


def test_five_failures_lock_the_address_for_this_client(admin: Client) -> None:
    email = admin.account["admin"]["email"]
    assert [attempt(email) for _ in range(5)] == [401] * 5
    assert attempt(email, PASSWORD) == 423
    assert attempt(email, PASSWORD, ip="203.0.113.8") == 200, "another client is not locked out"


def test_who_is_disabled_stays_out(admin: Client, database: Database) -> None:
    email = admin.account["admin"]["email"]
    database.run("update admins set disabled_at = now() where email = :email", email=email)
    answer = Client().send(example(admin))
    assert (answer.status, answer.json["type"]) == (403, "/problems/admin-disabled")
    assert admin.get("/api/admin/profile").status == 401, "and is out at once"


@pytest.mark.parametrize(
    ("settings", "must"),
    [
        ({}, False),
        ({"ENVIRONMENT": "prod"}, True),
        ({"ENVIRONMENT": "prod", "ADMIN_2FA_REQUIRED": "off"}, False),
        ({"ADMIN_2FA_REQUIRED": "on"}, True),
        ({"ADMIN_2FA_REQUIRED": "on", "ADMIN_2FA_GRACE_UNTIL": "2999-12-31"}, False),
        ({"ADMIN_2FA_REQUIRED": "on", "ADMIN_2FA_GRACE_UNTIL": "2025-12-31"}, True),
    ],
    ids=str,
)
def test_where_a_second_factor_is_compulsory_who_has_none_can_only_set_it_up(
    settings: dict[str, str], must: bool, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    answer = admins.log_in(admin)
    assert answer.json["must_enrol"] == must
    again = Client(token=answer.json["access_token"])
    assert again.get("/api/admin/profile").status == 200
    refused = again.get("/api/admin/sessions")
    assert refused.status == (403 if must else 200)
    if must:
        assert refused.json["type"] == "/problems/second-factor-missing"


def test_log_ins_are_logged(admin: Client, database: Database) -> None:
    email = admin.account["admin"]["email"]
    attempt(email)
    Client().send(example(admin))
    events = database.run(
        "select event from admin_login_audit_logs join admins on admins.id = admin_id where email = :email order by at",
        email=email,
    )
    assert [row[0] for row in events] == ["login_success", "login_failed", "login_success"]

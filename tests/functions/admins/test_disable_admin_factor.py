"""POST /api/admin/2fa/disable."""

import pytest

from tests.support import admins, factors
from tests.support.client import Client, Request
from tests.support.database import Database

ROUND_TRIPS = 3


def example(admin: Client) -> Request:
    return Request("POST", "/api/admin/2fa/disable", {"code": factors.unused_code_of_admin(admin)})


def test_then_the_password_is_enough_and_another_may_be_set_up(admin: Client, database: Database) -> None:
    assert admin.send(example(admin)).json["enabled"] is False
    assert "access_token" in admins.log_in(admin).json
    assert admin.post("/api/admin/2fa/enable", {"method": "totp"}).status == 200
    mails = "select count(*) from outbox where event->>'template' = 'SECOND_FACTOR_DISABLED' and event->>'to' = :to"
    assert database.run(mails, to=factors.address(admin)) == [[1]]


def test_a_login_that_waits_for_it_is_over(admin: Client) -> None:
    app = factors.enable_of_admin(admin)
    token = factors.challenge_of_admin(admin)
    assert admin.post("/api/admin/2fa/disable", {"code": app.code()}).status == 200
    assert factors.complete(admin, token, app.backup_codes[0]).json["type"] == "/problems/challenge-over"


@pytest.mark.parametrize("body", [None, {}])
def test_the_factor_just_shown_is_enough(admin: Client, body: object) -> None:
    factors.enable_of_admin(admin)
    answer = admin.post("/api/admin/2fa/disable", body)
    assert (answer.status, answer.json["enabled"]) == (200, False)
    again = admin.post("/api/admin/2fa/disable", body)
    assert (again.status, again.json["type"]) == (409, "/problems/factor-not-enabled")


def test_it_wants_a_fresh_factor_and_a_right_code(admin: Client, database: Database) -> None:
    app = factors.enable_of_admin(admin)
    right = {"code": app.code()}
    assert admin.post("/api/admin/2fa/disable", {"code": app.wrong_code()}).status == 401
    database.run("update admin_sessions set factor_at = null where admin_id = :id", id=factors.admin_id(admin))
    assert admin.post("/api/admin/2fa/disable", right).json["type"] == "/problems/step-up-required"
    assert admin.get("/api/admin/2fa/status").json["enabled"]


def test_without_a_factor_there_is_none_to_disable(admin: Client) -> None:
    answer = admin.post("/api/admin/2fa/disable", {"code": "123456"})
    assert (answer.status, answer.json["type"]) == (409, "/problems/factor-not-enabled")

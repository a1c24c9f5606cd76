"""POST /api/admin/2fa/verify."""

import pytest

from tests.support import admins, factors
from tests.support.client import Client, Request
from tests.support.database import Database

ROUND_TRIPS = 3


def example(admin: Client) -> Request:
    """The one that confirms, or, where that was done, one that steps up."""
    enabled = admin.get("/api/admin/2fa/status").json["enabled"]
    if not enabled:
        return Request("POST", "/api/admin/2fa/verify", {"totp_code": factors.set_up_of_admin(admin).code()})
    code = admin.post("/api/admin/2fa/regenerate-backup-codes").json["backup_codes"][0]
    assert admin.post("/api/admin/2fa/disable", {"code": code}).status == 200
    return example(admin)


def verify(admin: Client, code: str) -> dict[str, object]:
    answer = admin.post("/api/admin/2fa/verify", {"totp_code": code})
    assert answer.status == 200, answer.body
    shown: dict[str, object] = answer.json
    return shown


def test_the_first_code_confirms_and_the_next_one_steps_up(admin: Client, database: Database) -> None:
    app = factors.set_up_of_admin(admin)
    first = verify(admin, app.code())
    assert (first["enrolled"], first["refresh_needed"]) == (True, False)
    database.run("update admin_sessions set factor_at = null where admin_id = :id", id=factors.admin_id(admin))
    answer = admin.post("/api/admin/2fa/regenerate-backup-codes")
    assert (answer.status, answer.json["type"]) == (403, "/problems/step-up-required")
    assert answer.json["step_up"] == "/api/admin/2fa/verify"
    assert verify(admin, app.code())["enrolled"] is False
    assert admin.post("/api/admin/2fa/regenerate-backup-codes").status == 200


def test_a_factor_shown_five_minutes_ago_is_wanted_again(admin: Client, database: Database) -> None:
    factors.enable_of_admin(admin)
    database.run(
        "update admin_sessions set factor_at = factor_at - interval '5 minutes 1 second' where admin_id = :id",
        id=factors.admin_id(admin),
    )
    assert admin.post("/api/admin/2fa/regenerate-backup-codes").status == 403


def test_confirming_ends_the_other_sessions_and_sends_a_mail(admin: Client, database: Database) -> None:
    other = admins.logged_in(admin)
    factors.enable_of_admin(admin)
    assert other.get("/api/admin/profile").status == 401
    assert admin.get("/api/admin/profile").json["second_factors"] == ["totp", "backup_code"]
    mails = "select tenant_id from outbox where event->>'template' = 'SECOND_FACTOR_ENABLED' and event->>'to' = :to"
    assert database.run(mails, to=factors.address(admin)) == [[None]]


def test_the_code_that_confirmed_is_spent_for_everything(admin: Client) -> None:
    app = factors.set_up_of_admin(admin)
    code = app.code()
    verify(admin, code)
    assert admin.post("/api/admin/2fa/verify", {"totp_code": code}).json["type"] == "/problems/code-spent"
    assert factors.complete(admin, factors.challenge_of_admin(admin), code).json["type"] == "/problems/code-spent"


def test_the_fifth_wrong_code_ends_a_set_up(admin: Client) -> None:
    app = factors.set_up_of_admin(admin)
    wrong = [admin.post("/api/admin/2fa/verify", {"totp_code": app.wrong_code()}) for _ in range(5)]
    assert {answer.json["type"] for answer in wrong} == {"/problems/code-wrong"}
    answer = admin.post("/api/admin/2fa/verify", {"totp_code": app.code()})
    assert (answer.status, answer.json["type"]) == (409, "/problems/set-up-missing")
    factors.enable_of_admin(admin)


def test_a_wrong_code_counts_and_stamps_nothing(admin: Client, database: Database) -> None:
    app, me = factors.enable_of_admin(admin), factors.admin_id(admin)
    database.run("update admin_sessions set factor_at = null where admin_id = :id", id=me)
    assert admin.post("/api/admin/2fa/verify", {"totp_code": app.wrong_code()}).status == 401
    assert admin.post("/api/admin/2fa/regenerate-backup-codes").status == 403
    assert database.run("select failures from two_factor_auth where holder_id = :id", id=me) == [[1]]


def test_with_nothing_to_confirm_or_show(admin: Client) -> None:
    answer = admin.post("/api/admin/2fa/verify", {"totp_code": "123456"})
    assert (answer.status, answer.json["type"]) == (409, "/problems/set-up-missing")


@pytest.mark.parametrize("code", ["12345", "1234567", "12345a", "0123-4567-89AB", ""])
def test_it_takes_six_digits(code: str, admin: Client) -> None:
    assert admin.post("/api/admin/2fa/verify", {"totp_code": code}).status == 422


def test_where_a_factor_is_compulsory_confirming_it_and_a_refresh_give_full_rights(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADMIN_2FA_REQUIRED", "on")
    enrolling = admins.logged_in(admin)
    assert enrolling.account["must_enrol"]
    refused = enrolling.get("/api/admin/sessions")
    assert (refused.status, refused.json["type"]) == (403, "/problems/second-factor-missing")
    app = factors.set_up_of_admin(enrolling)
    assert verify(enrolling, app.code())["refresh_needed"] is True
    refreshed = Client().post("/api/admin/refresh", {"refresh_token": enrolling.account["refresh_token"]})
    full = Client(token=refreshed.json["access_token"])
    assert full.get("/api/admin/sessions").status == 200
    assert full.post("/api/admin/2fa/regenerate-backup-codes").status == 200, "the session has shown its factor"

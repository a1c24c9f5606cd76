"""POST /api/v1/2fa/step-up."""

from tests.support import factors
from tests.support.client import Client, Request
from tests.support.database import Database

OWN = True
ROUND_TRIPS = 3


def example(owner: Client) -> Request:
    if owner.get("/api/v1/2fa/status").json["enabled"]:
        code = owner.post("/api/v1/2fa/regenerate-backup-codes").json["backup_codes"][0]
    else:
        code = factors.enable(owner).code()
    return Request("POST", "/api/v1/2fa/step-up", {"code": code})


def test_a_factor_older_than_five_minutes_is_wanted_again(owner: Client, database: Database) -> None:
    app = factors.enable(owner)
    database.run("update user_sessions set factor_at = factor_at - interval '5 minutes 1 second'")
    answer = owner.post("/api/v1/2fa/regenerate-backup-codes")
    assert (answer.status, answer.json["type"]) == (403, "/problems/step-up-required")
    assert owner.post("/api/v1/2fa/step-up", {"code": app.code()}).status == 200
    assert owner.post("/api/v1/2fa/regenerate-backup-codes").status == 200


def test_a_wrong_code_stamps_nothing_and_counts(owner: Client, database: Database) -> None:
    app = factors.enable(owner)
    database.run("update user_sessions set factor_at = null")
    assert owner.post("/api/v1/2fa/step-up", {"code": app.wrong_code()}).status == 401
    assert owner.post("/api/v1/2fa/regenerate-backup-codes").status == 403
    assert database.run("select failures from two_factor_auth where user_id = :id", id=factors.user_id(owner)) == [[1]]


def test_without_a_factor_there_is_none_to_show(owner: Client) -> None:
    answer = owner.post("/api/v1/2fa/step-up", {"code": "123456"})
    assert (answer.status, answer.json["type"]) == (409, "/problems/factor-not-enabled")


def test_a_set_up_that_was_not_confirmed_is_no_factor(owner: Client) -> None:
    assert owner.post("/api/v1/2fa/step-up", {"code": factors.set_up(owner).code()}).status == 409

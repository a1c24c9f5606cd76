"""POST /api/v1/2fa/disable."""

from tests.support import factors
from tests.support.client import PASSWORD, Client, Request
from tests.support.database import Database

OWN = True
ROUND_TRIPS = 3


def example(owner: Client) -> Request:
    if owner.get("/api/v1/2fa/status").json["enabled"]:
        code = owner.post("/api/v1/2fa/regenerate-backup-codes").json["backup_codes"][0]
    else:
        code = factors.enable(owner).code()
    return Request("POST", "/api/v1/2fa/disable", {"password": PASSWORD, "code": code})


def test_then_the_password_is_enough_and_another_may_be_set_up(owner: Client, database: Database) -> None:
    assert owner.send(example(owner)).json["enabled"] is False
    assert "access_token" in factors.sign_in(owner).json
    assert owner.post("/api/v1/2fa/setup").status == 200
    mails = "select count(*) from outbox where event->>'template' = 'SECOND_FACTOR_DISABLED' and event->>'to' = :to"
    assert database.run(mails, to=owner.account["user"]["email"]) == [[1]]


def test_a_challenge_that_is_under_way_is_over(owner: Client) -> None:
    app = factors.enable(owner)
    token = factors.challenge(owner)
    given = {"password": PASSWORD, "code": app.backup_codes[0]}
    assert owner.post("/api/v1/2fa/disable", given).status == 200
    assert factors.verify(owner, token, app.code()).json["type"] == "/problems/challenge-over"


def test_it_wants_a_fresh_factor_the_password_and_a_code(owner: Client, database: Database) -> None:
    app = factors.enable(owner)
    right = {"password": PASSWORD, "code": app.code()}
    assert owner.post("/api/v1/2fa/disable", right | {"password": "not this one"}).status == 422
    assert owner.post("/api/v1/2fa/disable", right | {"code": app.wrong_code()}).status == 401
    database.run("update user_sessions set factor_at = null")
    assert owner.post("/api/v1/2fa/disable", right).json["type"] == "/problems/step-up-required"
    assert owner.get("/api/v1/2fa/status").json["enabled"]


def test_a_wrong_password_is_no_wrong_code(owner: Client, database: Database) -> None:
    app = factors.enable(owner)
    owner.post("/api/v1/2fa/disable", {"password": "not this one", "code": app.code()})
    assert database.run("select failures from two_factor_auth where user_id = :id", id=factors.user_id(owner)) == [[0]]

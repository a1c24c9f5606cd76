"""POST /api/v1/2fa/send-code."""

from tests.support import factors
from tests.support.client import PASSWORD, Client, Request
from tests.support.database import Database

OWN = True
ROUND_TRIPS = 3
PATH = "/api/v1/2fa/send-code"


def example(owner: Client) -> Request:
    if not owner.get("/api/v1/2fa/status").json["enabled"]:
        factors.enable_sent(owner)
    factors.a_minute_later(owner)
    return Request("POST", PATH)


def test_the_code_steps_up_once_and_for_five_minutes(owner: Client, database: Database) -> None:
    assert owner.send(example(owner)).json == {
        "method": "email",
        "sent_to": f"{factors.address(owner)[0]}…@example.com",
        "expires_in": 300,
        "weak": True,
    }
    code = {"code": factors.sent_code(owner)}
    assert owner.post("/api/v1/2fa/step-up", code).status == 200
    assert owner.post("/api/v1/2fa/step-up", code).json["type"] == "/problems/code-spent"
    assert owner.send(example(owner)).status == 200
    code = {"code": factors.sent_code(owner)}
    database.run("update two_factor_auth set code_until = code_until - interval '5 minutes'")
    assert owner.post("/api/v1/2fa/step-up", code).json["type"] == "/problems/code-spent"
    failed = "select failures, failures_today from two_factor_auth where user_id = :id"
    assert database.run(failed, id=factors.user_id(owner)) == [[0, 0]], "neither was a failure"


def test_it_is_good_for_disabling_too(owner: Client) -> None:
    assert owner.send(example(owner)).status == 200
    given = {"password": PASSWORD, "code": factors.sent_code(owner)}
    assert owner.post("/api/v1/2fa/disable", given).json["enabled"] is False


def test_at_most_one_a_minute(owner: Client) -> None:
    factors.enable_sent(owner)
    answer = owner.post(PATH)
    assert (answer.status, answer.json["type"]) == (429, "/problems/code-just-sent")
    assert 0 < answer.json["retry_after"] <= 60
    assert answer.headers["retry-after"] == str(answer.json["retry_after"])


def test_a_wrong_code_counts_as_any_other(owner: Client, database: Database) -> None:
    assert owner.send(example(owner)).status == 200
    assert owner.post("/api/v1/2fa/step-up", {"code": factors.wrong_code(owner)}).status == 401
    failed = "select failures from two_factor_auth where user_id = :id"
    assert database.run(failed, id=factors.user_id(owner)) == [[1]]


def test_it_does_not_complete_a_sign_in(owner: Client) -> None:
    request = example(owner)
    token = factors.challenge(owner)
    of_sign_in = factors.sent_code(owner)
    assert owner.send(request).status == 200
    assert factors.verify(owner, token, factors.sent_code(owner)).json["type"] == "/problems/code-wrong"
    assert owner.post("/api/v1/2fa/step-up", {"code": of_sign_in}).json["type"] == "/problems/code-wrong"
    assert factors.verify(owner, token, of_sign_in).status == 200


def test_a_set_up_may_have_another_one(owner: Client) -> None:
    assert owner.post("/api/v1/2fa/setup", {"method": "email"}).status == 200
    first = factors.sent_code(owner)
    factors.a_minute_later(owner)
    assert owner.post(PATH).status == 200
    assert owner.post("/api/v1/2fa/enable", {"code": first}).status == 401
    assert owner.post("/api/v1/2fa/enable", {"code": factors.sent_code(owner)}).status == 200


def test_while_the_factor_is_blocked_none_is_sent(owner: Client, database: Database) -> None:
    request = example(owner)
    database.run("update two_factor_auth set blocked_at = created_at where user_id = :id", id=factors.user_id(owner))
    assert owner.send(request).json["type"] == "/problems/factor-blocked"
    asked = factors.sign_in(owner).json
    assert (asked["methods"], asked["weak"], asked["sent_to"]) == (["backup_code"], False, None)


def test_who_has_no_factor_or_an_app_gets_none(owner: Client) -> None:
    assert owner.post(PATH).json["type"] == "/problems/factor-not-enabled"
    factors.enable(owner)
    answer = owner.post(PATH)
    assert (answer.status, answer.json["type"]) == (409, "/problems/nothing-to-send")

"""POST /api/v1/2fa/verify/send-code."""

import json

from tests.support import factors
from tests.support.client import Client, Request
from tests.support.database import Database

ROUND_TRIPS = 3
PATH = "/api/v1/2fa/verify/send-code"
PHONE = "+919876543210"


def example(owner: Client) -> Request:
    if not owner.get("/api/v1/2fa/status").json["enabled"]:
        factors.enable_sent(owner)
    token = factors.challenge(owner)
    factors.a_minute_later(owner)
    return Request("POST", PATH, {"challenge_token": token})


def test_a_code_is_sent_with_the_challenge_and_another_one_on_demand(owner: Client) -> None:
    request = example(owner)
    first = factors.sent_code(owner)
    assert Client().send(request).status == 200
    second, token = factors.sent_code(owner), request.json["challenge_token"]
    assert factors.verify(owner, token, first).json["type"] == "/problems/code-wrong", "the newest one counts"
    assert factors.verify(owner, token, second).status == 200


def test_at_most_one_a_minute(owner: Client) -> None:
    factors.enable_sent(owner)
    token = {"challenge_token": factors.challenge(owner)}
    answer = Client().post(PATH, token)
    assert (answer.status, answer.json["type"]) == (429, "/problems/code-just-sent")


def test_a_code_counts_for_its_challenge_alone(owner: Client) -> None:
    factors.enable_sent(owner)
    first = factors.challenge(owner)
    of_first = factors.sent_code(owner)
    second = factors.challenge(owner)
    assert factors.verify(owner, second, of_first).json["type"] == "/problems/code-wrong"
    assert factors.verify(owner, first, of_first).status == 200


def test_a_text_message_goes_to_the_phone_that_was_set_up(owner: Client, database: Database) -> None:
    factors.enable_sent(owner, method="sms", phone=PHONE)
    before = database.proxy.round_trips
    asked = factors.sign_in(owner).json
    assert database.proxy.round_trips - before == 3, "one more than with an app, for the number"
    assert (asked["methods"], asked["weak"], asked["sent_to"]) == (["sms", "backup_code"], True, "…3210")
    code = factors.sent_code(owner, PHONE)
    [[tenant, event]] = database.run(
        "select tenant_id::text, event::text from outbox where name = 'TextRequested' and event->>'to' = :to"
        " order by created_at desc, id desc limit 1",
        to=PHONE,
    )
    assert tenant == owner.account["tenant"]["id"]
    assert json.loads(str(event)).keys() == {"to", "code"} and code not in json.loads(str(event)).values()
    assert factors.verify(owner, asked["challenge_token"], code).status == 200


def test_codes_of_an_app_are_not_sent(owner: Client) -> None:
    factors.enable(owner)
    answer = Client().post(PATH, {"challenge_token": factors.challenge(owner)})
    assert (answer.status, answer.json["type"]) == (409, "/problems/nothing-to-send")


def test_a_challenge_that_is_over_gets_none(owner: Client) -> None:
    request = example(owner)
    for _ in range(5):
        factors.verify(owner, request.json["challenge_token"], factors.wrong_code(owner))
    assert Client().send(request).json["type"] == "/problems/challenge-over"


def test_five_failures_end_the_challenge_however_many_codes_were_sent(owner: Client) -> None:
    request = example(owner)
    for _ in range(4):
        factors.verify(owner, request.json["challenge_token"], factors.wrong_code(owner))
    assert Client().send(request).status == 200
    token, right = request.json["challenge_token"], factors.sent_code(owner)
    assert factors.verify(owner, token, factors.wrong_code(owner)).status == 401
    assert factors.verify(owner, token, right).json["type"] == "/problems/challenge-over"

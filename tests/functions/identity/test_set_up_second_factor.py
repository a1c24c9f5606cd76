"""POST /api/v1/2fa/setup."""

import base64
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support import factors
from tests.support.client import Client, Request
from tests.support.database import Database

ROUND_TRIPS = 3


def example(owner: Client) -> Request:
    return Request("POST", "/api/v1/2fa/setup", {"method": "totp"})


def test_the_secret_comes_as_text_as_url_and_as_picture(owner: Client) -> None:
    answer = owner.send(example(owner)).json
    assert len(base64.b32decode(answer["secret"])) * 8 == 160
    url = urlsplit(answer["otpauth_url"])
    assert (url.scheme, url.netloc, url.path) == ("otpauth", "totp", f"/BoxCostPro:{owner.account['user']['email']}")
    named = {"issuer": ["BoxCostPro"], "algorithm": ["SHA1"], "digits": ["6"], "period": ["30"]}
    assert parse_qs(url.query) == {"secret": [answer["secret"]], **named}
    kind, _, picture = answer["qr_png"].partition(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(picture).startswith(b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize("body", [None, {}, {"method": "totp"}])
def test_without_a_word_it_is_an_app(owner: Client, body: object) -> None:
    assert owner.post("/api/v1/2fa/setup", body).json.keys() == {"secret", "otpauth_url", "qr_png"}


def test_a_code_may_be_mailed_instead_which_is_weak(owner: Client) -> None:
    answer = owner.post("/api/v1/2fa/setup", {"method": "email"})
    assert answer.status == 200
    assert answer.json == {
        "method": "email",
        "sent_to": f"{factors.address(owner)[0]}…@example.com",
        "expires_in": 300,
        "weak": True,
    }
    assert "access_token" in factors.sign_in(owner).json, "it counts for nothing yet"
    assert owner.post("/api/v1/2fa/enable", {"code": factors.sent_code(owner)}).status == 200
    assert factors.sign_in(owner).json["methods"] == ["email", "backup_code"]


def test_the_code_of_a_set_up_counts_for_five_minutes(owner: Client, database: Database) -> None:
    assert owner.post("/api/v1/2fa/setup", {"method": "email"}).status == 200
    database.run("update two_factor_auth set code_until = code_until - interval '5 minutes'")
    assert owner.post("/api/v1/2fa/enable", {"code": factors.sent_code(owner)}).json["type"] == "/problems/code-wrong"


def test_nobody_has_messages_sent_over_and_over(owner: Client) -> None:
    """Not even by way of an app in between."""
    wanted = {"method": "sms", "phone": "+919876543210"}
    assert owner.post("/api/v1/2fa/setup", wanted).status == 200
    factors.set_up(owner)
    answer = owner.post("/api/v1/2fa/setup", wanted)
    assert (answer.status, answer.json["type"]) == (429, "/problems/code-just-sent")
    factors.a_minute_later(owner)
    assert owner.post("/api/v1/2fa/setup", wanted).status == 200


@pytest.mark.parametrize(
    "wanted",
    [
        {"method": "sms"},
        {"method": "email", "phone": "+919876543210"},
        {"phone": "+919876543210"},
        {"method": "sms", "phone": "98765 43210"},
        {"method": "sms", "phone": "+0123456789"},
        {"method": "pigeon"},
    ],
    ids=str,
)
def test_a_method_that_cannot_be_is_refused(owner: Client, wanted: dict[str, str]) -> None:
    answer = owner.post("/api/v1/2fa/setup", wanted)
    assert answer.status == 422
    [error] = answer.json["errors"]
    assert error["pointer"] == ("#/method" if wanted == {"method": "pigeon"} else "#/phone")


def test_a_set_up_alone_asks_nothing_of_a_sign_in(owner: Client) -> None:
    factors.set_up(owner)
    assert "access_token" in factors.sign_in(owner).json


def test_a_new_set_up_replaces_the_one_before(owner: Client) -> None:
    first, second = factors.set_up(owner), factors.set_up(owner)
    assert owner.post("/api/v1/2fa/enable", {"code": first.code()}).status == 401
    assert owner.post("/api/v1/2fa/enable", {"code": second.code()}).status == 200


def test_who_has_a_factor_cannot_set_up_another(owner: Client, database: Database) -> None:
    app = factors.enable(owner)
    answer = owner.send(example(owner))
    assert answer.status == 409
    assert answer.json["type"] == "/problems/factor-already-enabled"
    assert factors.verify(owner, factors.challenge(owner), app.code()).status == 200, "and the one he has still works"

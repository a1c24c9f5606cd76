"""POST /api/v1/2fa/setup."""

import base64
from urllib.parse import parse_qs, urlsplit

from tests.support import factors
from tests.support.client import Client, Request
from tests.support.database import Database

ROUND_TRIPS = 3


def example(owner: Client) -> Request:
    return Request("POST", "/api/v1/2fa/setup")


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

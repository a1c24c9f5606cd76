"""POST /api/admin/2fa/send-code."""

from tests.support import factors
from tests.support.client import Client, Request

ROUND_TRIPS = 3


def example(admin: Client) -> Request:
    if not admin.get("/api/admin/2fa/status").json["enabled"]:
        enable(admin)
    factors.a_minute_later(admin)
    return Request("POST", "/api/admin/2fa/send-code")


def enable(admin: Client) -> None:
    """A factor whose codes are mailed."""
    assert admin.post("/api/admin/2fa/enable", {"method": "email"}).status == 200
    assert admin.post("/api/admin/2fa/verify", {"totp_code": factors.sent_code(admin)}).status == 200


def test_the_code_steps_up_once(admin: Client) -> None:
    assert admin.send(example(admin)).json["method"] == "email"
    code = {"totp_code": factors.sent_code(admin)}
    assert admin.post("/api/admin/2fa/verify", code).status == 200
    assert admin.post("/api/admin/2fa/verify", code).json["type"] == "/problems/code-spent"


def test_another_one_after_a_minute(admin: Client) -> None:
    assert admin.send(example(admin)).status == 200
    answer = admin.post("/api/admin/2fa/send-code")
    assert (answer.status, answer.json["type"]) == (429, "/problems/code-just-sent")


def test_codes_of_an_app_are_not_sent(admin: Client) -> None:
    factors.enable_of_admin(admin)
    answer = admin.post("/api/admin/2fa/send-code")
    assert (answer.status, answer.json["type"]) == (409, "/problems/nothing-to-send")

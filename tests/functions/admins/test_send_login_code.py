"""POST /api/admin/login/2fa/send-code."""

from tests.functions.admins.test_send_admin_factor_code import enable
from tests.support import factors
from tests.support.client import Client, Request

ROUND_TRIPS = 3
PATH = "/api/admin/login/2fa/send-code"


def example(admin: Client) -> Request:
    if not admin.get("/api/admin/2fa/status").json["enabled"]:
        enable(admin)
    token = factors.challenge_of_admin(admin)
    factors.a_minute_later(admin)
    return Request("POST", PATH, {"challenge_token": token})


def test_the_newest_code_counts(admin: Client) -> None:
    request = example(admin)
    first = factors.sent_code(admin)
    assert Client().send(request).json["expires_in"] == 300
    second, token = factors.sent_code(admin), request.json["challenge_token"]
    assert [factors.complete(admin, token, code).status for code in (first, second)] == [401, 200]


def test_a_users_challenge_is_none_of_an_admin(admin: Client, owner: Client) -> None:
    factors.enable_sent(owner)
    enable(admin)
    of_user, of_admin = factors.challenge(owner), factors.challenge_of_admin(admin)
    for path, token in ((PATH, of_user), ("/api/v1/2fa/verify/send-code", of_admin)):
        answer = Client().post(path, {"challenge_token": token})
        assert (answer.status, answer.json["type"]) == (401, "/problems/challenge-over")

"""POST /api/admin/2fa/enable."""

import base64
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support import admins, factors, lambdas
from tests.support.client import Client, Request
from tests.support.database import Database

ROUND_TRIPS = 3


def example(admin: Client) -> Request:
    return Request("POST", "/api/admin/2fa/enable", {"method": "totp"})


def test_the_secret_and_ten_backup_codes_come_at_once(admin: Client) -> None:
    answer = admin.send(example(admin)).json
    assert answer.keys() == {"secret", "otpauth_url", "qr_png", "backup_codes"}
    assert len(base64.b32decode(answer["secret"])) * 8 == 160
    assert parse_qs(urlsplit(answer["otpauth_url"]).query)["issuer"] == ["BoxCostPro"]
    assert answer["qr_png"].startswith("data:image/png;base64,")
    assert len(set(answer["backup_codes"])) == 10


def test_none_of_it_counts_until_it_is_confirmed(admin: Client) -> None:
    app = factors.set_up_of_admin(admin)
    assert "access_token" in admins.log_in(admin).json
    answer = admin.post("/api/admin/2fa/verify-backup", {"code": app.backup_codes[0]})
    assert (answer.status, answer.json["type"]) == (409, "/problems/factor-not-enabled")
    assert admin.post("/api/admin/2fa/verify", {"totp_code": app.code()}).status == 200
    assert admin.post("/api/admin/2fa/verify-backup", {"code": app.backup_codes[0]}).status == 200


def test_a_new_one_replaces_secret_and_codes_of_the_one_before(admin: Client) -> None:
    first, second = factors.set_up_of_admin(admin), factors.set_up_of_admin(admin)
    assert admin.post("/api/admin/2fa/verify", {"totp_code": first.code()}).status == 401
    assert admin.post("/api/admin/2fa/verify", {"totp_code": second.code()}).status == 200
    assert admin.post("/api/admin/2fa/verify-backup", {"code": first.backup_codes[0]}).status == 401


def test_an_abandoned_one_leaves_nothing(admin: Client, database: Database) -> None:
    app, me = factors.set_up_of_admin(admin), factors.admin_id(admin)
    database.run(
        "update two_factor_auth set pending_until = pending_until - interval '15 minutes' where holder_id = :id", id=me
    )
    answer = admin.post("/api/admin/2fa/verify", {"totp_code": app.code()})
    assert (answer.status, answer.json["type"]) == (409, "/problems/set-up-missing")
    lambdas.spec("identity", "job_prune_sessions").handle({}, lambdas.Context())
    assert database.run("select count(*) from two_factor_auth where holder_id = :id", id=me) == [[0]]


def test_who_has_one_cannot_begin_another(admin: Client) -> None:
    factors.enable_of_admin(admin)
    answer = admin.send(example(admin))
    assert (answer.status, answer.json["type"]) == (409, "/problems/factor-already-enabled")


@pytest.mark.parametrize(
    ("wanted", "method", "shown", "to"),
    [
        ({"method": "email"}, "email", "…@example.com", None),
        ({"method": "sms", "phone": "+91 98765 43210"}, "sms", "…3210", "+919876543210"),
    ],
)
def test_a_code_may_be_sent_instead_which_is_weak(
    wanted: dict[str, str], method: str, shown: str, to: str | None, admin: Client
) -> None:
    answer = admin.post("/api/admin/2fa/enable", wanted).json
    assert (answer["method"], answer["weak"], answer["expires_in"]) == (method, True, 300)
    assert answer["sent_to"].endswith(shown)
    assert admin.post("/api/admin/2fa/verify", {"totp_code": factors.sent_code(admin, to)}).json["enrolled"]
    assert admins.log_in(admin).json["methods"] == [method, "backup_code"], "so it is never the only way in"
    token = factors.challenge_of_admin(admin)
    assert factors.complete(admin, token, factors.sent_code(admin, to)).status == 200
    token = factors.challenge_of_admin(admin)
    assert factors.complete(admin, token, answer["backup_codes"][0]).status == 200

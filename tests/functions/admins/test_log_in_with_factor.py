"""POST /api/admin/login/2fa."""

from tests.support import admins, factors
from tests.support.client import PASSWORD, Client, Request
from tests.support.database import Database
from tests.support.factors import challenge_of_admin, complete

ROUND_TRIPS = 3


def example(admin: Client) -> Request:
    code = factors.unused_code_of_admin(admin)
    return Request("POST", "/api/admin/login/2fa", {"challenge_token": challenge_of_admin(admin), "code": code})


def test_the_password_alone_gets_a_challenge_and_no_token(admin: Client, database: Database) -> None:
    factors.enable_of_admin(admin)
    before = database.proxy.round_trips
    asked = admins.log_in(admin).json
    assert database.proxy.round_trips - before == 2, "what a login without a factor takes"
    assert asked.keys() == {"mfa_required", "challenge_token", "methods", "expires_in", "weak", "sent_to"}
    assert (asked["mfa_required"], asked["expires_in"], asked["weak"]) == (True, 300, False)
    assert asked["methods"] == ["totp", "backup_code"]


def test_it_answers_what_a_login_answers_without_a_factor(admin: Client) -> None:
    answer = Client().send(example(admin))
    assert answer.status == 200
    assert answer.json.keys() == admin.account.keys()
    assert answer.json["admin"] == admin.account["admin"]
    opened = Client(token=answer.json["access_token"])
    assert opened.post("/api/admin/2fa/regenerate-backup-codes").status == 200, "which wants a fresh factor"


def test_a_challenge_is_answered_once(admin: Client) -> None:
    app = factors.enable_of_admin(admin)
    token = challenge_of_admin(admin)
    assert complete(admin, token, app.code()).status == 200
    answer = complete(admin, token, app.backup_codes[0])
    assert (answer.status, answer.json["type"]) == (401, "/problems/challenge-over")


def test_the_fifth_wrong_code_ends_the_login_and_no_other(admin: Client) -> None:
    app = factors.enable_of_admin(admin)
    token, other = challenge_of_admin(admin), challenge_of_admin(admin)
    answers = [complete(admin, token, app.wrong_code()) for _ in range(5)]
    assert {answer.json["type"] for answer in answers} == {"/problems/code-wrong"}
    assert complete(admin, token, app.code()).json["type"] == "/problems/challenge-over"
    assert complete(admin, other, app.code()).status == 200


def test_a_challenge_lives_five_minutes(admin: Client, database: Database) -> None:
    app = factors.enable_of_admin(admin)
    token = challenge_of_admin(admin)
    database.run("update mfa_challenges set expires_at = expires_at - interval '5 minutes'")
    assert complete(admin, token, app.code()).json["type"] == "/problems/challenge-over"


def test_a_users_challenge_opens_nothing_here_and_an_admins_nothing_there(admin: Client, owner: Client) -> None:
    ours, theirs = factors.enable_of_admin(admin), factors.enable(owner)
    of_admin, of_user = challenge_of_admin(admin), factors.challenge(owner)
    for answer in (complete(admin, of_user, theirs.code()), factors.verify(owner, of_admin, ours.code())):
        assert (answer.status, answer.json["type"]) == (401, "/problems/challenge-over")
    assert complete(admin, of_admin, ours.code_of(ours.step)).status == 200, "and both are still there"
    assert factors.verify(owner, of_user, theirs.code_of(theirs.step)).status == 200


def test_a_new_password_ends_a_login_that_waits(admin: Client) -> None:
    app = factors.enable_of_admin(admin)
    token = challenge_of_admin(admin)
    link = admins.make_admin(factors.address(admin))["link"]
    given = {"token": link.rpartition("=")[2], "password": "another long phrase"}
    assert Client().post("/api/admin/set-password", given).status == 204
    assert complete(admin, token, app.code()).json["type"] == "/problems/challenge-over"


def test_who_was_disabled_meanwhile_stays_out(admin: Client, database: Database) -> None:
    app = factors.enable_of_admin(admin)
    token = challenge_of_admin(admin)
    database.run("update admins set disabled_at = created_at where id = :id", id=factors.admin_id(admin))
    answer = complete(admin, token, app.code())
    assert (answer.status, answer.json["type"]) == (403, "/problems/admin-disabled")


def test_the_address_is_looked_at_again(admin: Client, database: Database) -> None:
    app = factors.enable_of_admin(admin)
    token = challenge_of_admin(admin)
    allow(database, admin, "127.0.0.0/8")
    given = {"challenge_token": token, "code": app.code()}
    answer = Client().post("/api/admin/login/2fa", given, x_test_ip="203.0.113.9")
    assert (answer.status, answer.json["type"]) == (403, "/problems/address-not-allowed")
    assert Client().post("/api/admin/login/2fa", given).status == 200


def test_who_was_let_in_by_a_break_glass_code_may_answer_from_there(admin: Client, database: Database) -> None:
    app, elsewhere = factors.enable_of_admin(admin), "203.0.113.9"
    glass = admin.post("/api/admin/ip-whitelist/break-glass").json["code"]
    allow(database, admin, "127.0.0.0/8")
    given = {"email": factors.address(admin), "password": PASSWORD, "break_glass_code": glass}
    asked = Client().post("/api/admin/login", given, x_test_ip=elsewhere).json
    answer = {"challenge_token": asked["challenge_token"], "code": app.code()}
    opened = Client().post("/api/admin/login/2fa", answer, x_test_ip=elsewhere)
    assert opened.status == 200, opened.body
    inside = Request("GET", "/api/admin/profile", headers={"x-test-ip": elsewhere})
    assert Client(token=opened.json["access_token"]).send(inside).status == 200


def test_what_failed_and_what_succeeded_is_logged(admin: Client, database: Database) -> None:
    app = factors.enable_of_admin(admin)
    token, me = challenge_of_admin(admin), factors.admin_id(admin)
    for code in (app.wrong_code(), app.code()):
        complete(admin, token, code)
    logins = database.run("select event from admin_login_audit_logs where admin_id = :id order by at, id", id=me)
    assert [event for [event] in logins][-2:] == ["second_factor_failed", "login_success"]
    acts = database.run(
        "select action, user_id, tenant_id from two_factor_logs where admin_id = :id order by at, id", id=me
    )
    assert [action for action, *_ in acts] == ["set_up", "enabled", "verify_failed", "verified"]
    assert {(user, tenant) for _, user, tenant in acts} == {(None, None)}


def test_wrong_codes_are_not_wrong_passwords(admin: Client) -> None:
    app = factors.enable_of_admin(admin)
    for _ in range(6):
        complete(admin, challenge_of_admin(admin), app.wrong_code())
    assert admins.log_in(admin).status == 200


def allow(database: Database, admin: Client, network: str) -> None:
    """The one address range that this admin may come from."""
    database.run(
        "insert into admin_ip_whitelist (id, admin_id, network, label, created_by, created_at, enabled)"
        " values (gen_random_uuid(), :id, cast(:network as cidr), '', :id, now(), true)",
        id=factors.admin_id(admin), network=network,
    )  # fmt: skip

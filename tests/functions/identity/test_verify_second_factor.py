"""POST /api/v1/2fa/verify."""

import time
from datetime import timedelta

import pytest

from tests.support import clocks, factors, lambdas
from tests.support.client import PASSWORD, Client, Request
from tests.support.database import Database
from tests.support.factors import challenge, verify

ROUND_TRIPS = 3


def example(owner: Client) -> Request:
    if owner.get("/api/v1/2fa/status").json["enabled"]:
        code = owner.post("/api/v1/2fa/regenerate-backup-codes").json["backup_codes"][0]
    else:
        code = factors.enable(owner).code()
    return Request("POST", "/api/v1/2fa/verify", {"challenge_token": challenge(owner), "code": code})


def test_it_answers_what_sign_in_answers_without_a_factor(owner: Client) -> None:
    plain = factors.sign_in(owner).json
    answer = Client().send(example(owner))
    assert answer.status == 200
    assert answer.json.keys() == plain.keys()
    assert (answer.json["user"], answer.json["tenant"]) == (plain["user"], plain["tenant"])
    assert Client(token=answer.json["access_token"]).get("/api/auth/user").status == 200


def test_asking_for_the_factor_costs_a_sign_in_no_round_trip(owner: Client, database: Database) -> None:
    counted = []
    for _ in range(2):  # without, and with one
        before = database.proxy.round_trips
        assert factors.sign_in(owner).status == 200
        counted.append(database.proxy.round_trips - before)
        if len(counted) == 1:
            factors.enable(owner)
    assert counted == [2, 2]


def test_the_session_has_shown_its_factor(owner: Client) -> None:
    answer = Client().send(example(owner))
    assert Client(token=answer.json["access_token"]).post("/api/v1/2fa/regenerate-backup-codes").status == 200


def test_a_bearer_is_ignored(owner: Client) -> None:
    assert Client(token="of nobody").send(example(owner)).status == 200


def test_a_challenge_is_answered_once(owner: Client) -> None:
    app = factors.enable(owner)
    token = challenge(owner)
    assert verify(owner, token, app.code()).status == 200
    answer = verify(owner, token, app.backup_codes[0])
    assert (answer.status, answer.json["type"]) == (401, "/problems/challenge-over")


def test_several_challenges_live_side_by_side(owner: Client) -> None:
    app = factors.enable(owner)
    tokens = challenge(owner), challenge(owner)
    assert [verify(owner, token, code).status for token, code in zip(tokens, app.backup_codes, strict=False)] == [
        200
    ] * 2


def test_the_fifth_wrong_code_ends_the_challenge_and_no_other(owner: Client) -> None:
    app = factors.enable(owner)
    token, other = challenge(owner), challenge(owner)
    answers = [verify(owner, token, app.wrong_code()) for _ in range(5)]
    assert [answer.json["type"] for answer in answers] == ["/problems/code-wrong"] * 5
    assert verify(owner, token, app.code()).json["type"] == "/problems/challenge-over"
    assert verify(owner, other, app.code()).status == 200


def test_a_challenge_lives_five_minutes(owner: Client, database: Database) -> None:
    app = factors.enable(owner)
    token = challenge(owner)
    database.run("update mfa_challenges set expires_at = expires_at - interval '5 minutes'")
    assert verify(owner, token, app.code()).json["type"] == "/problems/challenge-over"


def test_a_new_password_ends_challenges(owner: Client) -> None:
    app = factors.enable(owner)
    token = challenge(owner)
    given = {"current_password": PASSWORD, "new_password": "another long phrase"}
    assert owner.post("/api/auth/change-password", given).status < 300
    assert verify(owner, token, app.code()).json["type"] == "/problems/challenge-over"


def test_a_challenge_that_is_over_is_deleted(owner: Client, database: Database) -> None:
    factors.enable(owner)
    challenge(owner)
    database.run("update mfa_challenges set expires_at = expires_at - interval '6 minutes'")
    lambdas.spec("identity", "job_prune_sessions").handle({}, lambdas.Context())
    assert database.run("select count(*) from mfa_challenges where user_id = :id", id=factors.user_id(owner)) == [[0]]


def test_the_log_tells_what_was_done(owner: Client, database: Database) -> None:
    app = factors.enable(owner)
    token = challenge(owner)
    for code in (app.wrong_code(), app.backup_codes[0]):
        verify(owner, token, code)
    verify(owner, challenge(owner), app.code())
    found = database.run(
        "select action from two_factor_logs where user_id = :id order by at, id", id=factors.user_id(owner)
    )
    assert [action for [action] in found] == ["set_up", "enabled", "verify_failed", "verified_backup", "verified"]


def test_a_challenge_of_nobody_is_over(owner: Client) -> None:
    assert verify(owner, "no such challenge", "123456").status == 401


def test_it_is_bound_to_its_user(owner: Client) -> None:
    mine, other = factors.enable(owner), factors.sign_up_with_factor()
    for code in (other[1].code(), other[1].backup_codes[0]):
        assert verify(owner, challenge(owner), code).json["type"] == "/problems/code-wrong"
    assert verify(owner, challenge(owner), mine.code()).status == 200


def test_a_spent_code_is_refused_but_is_no_failure(owner: Client, database: Database) -> None:
    app = factors.enable(owner)
    spent = app.code(), app.backup_codes[0]
    for code in spent:
        assert verify(owner, challenge(owner), code).status == 200
    token = challenge(owner)
    for code in spent * 4:
        assert verify(owner, token, code).json["type"] == "/problems/code-spent"
    assert database.run(
        "select failures, failures_today from two_factor_auth where user_id = :id", id=factors.user_id(owner)
    ) == [[0, 0]]
    assert verify(owner, token, app.code()).status == 200


def test_a_backup_code_is_read_as_people_write_it(owner: Client) -> None:
    first, second, *_ = factors.enable(owner).backup_codes
    assert verify(owner, challenge(owner), f" {first.lower().replace('-', ' ')} ").status == 200
    assert verify(owner, challenge(owner), second.replace("-", "").replace("0", "o").replace("1", "l")).status == 200


def test_whoever_used_a_backup_code_gets_a_mail_that_counts_the_rest(owner: Client, database: Database) -> None:
    app = factors.enable(owner)
    verify(owner, challenge(owner), app.backup_codes[3])
    found = database.run(
        "select event->'values'->>'left' from outbox where event->>'template' = 'BACKUP_CODE_USED'"
        " and event->>'to' = :to",
        to=owner.account["user"]["email"],
    )
    assert found == [["9"]]


def test_wrong_codes_are_not_wrong_passwords(owner: Client) -> None:
    app = factors.enable(owner)
    for _ in range(6):
        verify(owner, challenge(owner), app.wrong_code())
    assert factors.sign_in(owner).status == 200


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What answers are held back for, in seconds, instead of the wait itself."""
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    return waits


def test_after_twenty_failures_a_day_answers_take_two_seconds_and_a_right_code_counts(
    owner: Client, database: Database, monkeypatch: pytest.MonkeyPatch, slept: list[float]
) -> None:
    today = clocks.stop(monkeypatch).date()
    app = factors.enable(owner)
    database.run(
        "update two_factor_auth set failures_today = 20, failures = 20, failed_on = :today where user_id = :id",
        today=today, id=factors.user_id(owner),
    )  # fmt: skip
    token = challenge(owner)
    assert [verify(owner, token, code).status for code in (app.wrong_code(), app.code())] == [401, 200]
    assert slept == [2, 2]


def test_failures_of_another_day_slow_nothing(
    owner: Client, database: Database, monkeypatch: pytest.MonkeyPatch, slept: list[float]
) -> None:
    yesterday = clocks.stop(monkeypatch).date() - timedelta(days=1)
    app = factors.enable(owner)
    database.run(
        "update two_factor_auth set failures_today = 99, failed_on = :yesterday where user_id = :id",
        yesterday=yesterday, id=factors.user_id(owner),
    )  # fmt: skip
    token = challenge(owner)
    assert verify(owner, token, app.code()).status == 200
    assert slept == []


def test_a_hundred_failures_in_a_row_block_the_app_until_a_backup_code(owner: Client, database: Database) -> None:
    app, me = factors.enable(owner), factors.user_id(owner)
    database.run("update two_factor_auth set failures = 99 where user_id = :id", id=me)
    assert verify(owner, challenge(owner), app.wrong_code()).status == 401
    mails = "select count(*) from outbox where event->>'template' = 'SECOND_FACTOR_BLOCKED' and event->>'to' = :to"
    assert database.run(mails, to=owner.account["user"]["email"]) == [[1]]
    asked = factors.sign_in(owner).json
    assert asked["methods"] == ["backup_code"], "and signing in still wants the factor"
    answer = verify(owner, asked["challenge_token"], app.code())
    assert (answer.status, answer.json["type"]) == (403, "/problems/factor-blocked")
    assert verify(owner, asked["challenge_token"], app.backup_codes[0]).status == 200
    assert factors.sign_in(owner).json["methods"] == ["totp", "backup_code"]


def test_success_ends_the_row_of_failures(owner: Client, database: Database) -> None:
    app = factors.enable(owner)
    database.run("update two_factor_auth set failures = 98 where user_id = :id", id=factors.user_id(owner))
    token = challenge(owner)
    assert [verify(owner, token, code).status for code in (app.wrong_code(), app.code())] == [401, 200]
    assert verify(owner, challenge(owner), app.wrong_code()).status == 401
    assert factors.sign_in(owner).json["methods"] == ["totp", "backup_code"]

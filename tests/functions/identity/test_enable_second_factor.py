"""POST /api/v1/2fa/enable."""

from tests.support import factors, lambdas
from tests.support.client import PASSWORD, Client, Request
from tests.support.database import Database

OWN = True
ROUND_TRIPS = 3


def example(owner: Client) -> Request:
    if owner.get("/api/v1/2fa/status").json["enabled"]:
        turn_off(owner)
    return Request("POST", "/api/v1/2fa/enable", {"code": factors.set_up(owner).code()})


def test_ten_backup_codes_of_sixty_bits(owner: Client) -> None:
    codes = factors.enable(owner).backup_codes
    assert len(set(codes)) == 10
    assert all(set(code) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ-") for code in codes)
    assert all(len(code.replace("-", "")) * 5 == 60 for code in codes)


def test_the_other_sessions_end_and_this_one_has_shown_its_factor(owner: Client) -> None:
    other = Client(token=factors.sign_in(owner).json["access_token"])
    assert other.get("/api/auth/user").status == 200
    factors.enable(owner)
    assert other.get("/api/auth/user").status == 401
    assert owner.post("/api/v1/2fa/regenerate-backup-codes").status == 200, "which wants a fresh factor"


def test_the_code_that_confirmed_it_is_spent(owner: Client) -> None:
    app = factors.set_up(owner)
    code = app.code()
    assert owner.post("/api/v1/2fa/enable", {"code": code}).status == 200
    answer = factors.verify(owner, factors.challenge(owner), code)
    assert (answer.status, answer.json["type"]) == (401, "/problems/code-spent")


def test_a_wrong_code_confirms_nothing(owner: Client) -> None:
    app = factors.set_up(owner)
    answer = owner.post("/api/v1/2fa/enable", {"code": app.wrong_code()})
    assert (answer.status, answer.json["type"]) == (401, "/problems/code-wrong")
    assert "access_token" in factors.sign_in(owner).json


def test_the_fifth_wrong_code_ends_a_set_up(owner: Client) -> None:
    """Else who names another's phone could guess the code that was sent there."""
    app = factors.set_up(owner)
    for _ in range(5):
        assert owner.post("/api/v1/2fa/enable", {"code": app.wrong_code()}).json["type"] == "/problems/code-wrong"
    assert owner.post("/api/v1/2fa/enable", {"code": app.code()}).json["type"] == "/problems/set-up-missing"


def test_a_code_that_was_sent_is_spent_by_enabling(owner: Client) -> None:
    assert owner.post("/api/v1/2fa/setup", {"method": "email"}).status == 200
    code = {"code": factors.sent_code(owner)}
    assert owner.post("/api/v1/2fa/enable", code).status == 200
    assert owner.post("/api/v1/2fa/step-up", code).json["type"] == "/problems/code-spent"


def test_without_a_set_up_there_is_nothing_to_confirm(owner: Client) -> None:
    answer = owner.post("/api/v1/2fa/enable", {"code": "123456"})
    assert (answer.status, answer.json["type"]) == (409, "/problems/set-up-missing")


def test_a_set_up_is_forgotten_after_fifteen_minutes_and_leaves_nothing(owner: Client, database: Database) -> None:
    app = factors.set_up(owner)
    database.run("update two_factor_auth set pending_until = pending_until - interval '15 minutes'")
    assert owner.post("/api/v1/2fa/enable", {"code": app.code()}).status == 409
    assert lambdas.spec("identity", "job_prune_sessions").handle({}, lambdas.Context())["done"] >= 1
    assert database.run("select count(*) from two_factor_auth where user_id = :id", id=factors.user_id(owner)) == [[0]]


def test_whoever_enabled_it_gets_a_mail(owner: Client, database: Database) -> None:
    factors.enable(owner)
    found = database.run(
        "select event->>'template' from outbox where event->>'to' = :to order by created_at desc limit 1",
        to=owner.account["user"]["email"],
    )
    assert found == [["SECOND_FACTOR_ENABLED"]]


def turn_off(owner: Client) -> None:
    """With a backup code that regenerating gave: this session has shown its factor."""
    code = owner.post("/api/v1/2fa/regenerate-backup-codes").json["backup_codes"][0]
    assert owner.post("/api/v1/2fa/disable", {"password": PASSWORD, "code": code}).status == 200

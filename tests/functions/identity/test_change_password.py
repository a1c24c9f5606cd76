"""POST /api/auth/change-password."""

from tests.functions.identity.test_reset_password import NEW, link, reset, sign_in
from tests.support import factors
from tests.support.client import PASSWORD, Answer, Client, Request
from tests.support.database import Database

OWN = True


def example(owner: Client) -> Request:
    return Request("POST", "/api/auth/change-password", {"current_password": PASSWORD, "new_password": NEW})


def change(owner: Client, current: str) -> Answer:
    return owner.post("/api/auth/change-password", {"current_password": current, "new_password": NEW})


def test_the_new_password_is_the_only_one(owner: Client) -> None:
    assert owner.send(example(owner)).status == 204
    assert (sign_in(owner, PASSWORD), sign_in(owner, NEW)) == (401, 200)


def test_the_other_sessions_end_and_this_one_stays(owner: Client) -> None:
    other = Client().post("/api/auth/signin", {"email": owner.account["user"]["email"], "password": PASSWORD}).json
    owner.send(example(owner))
    assert Client(token=other["access_token"]).get("/api/auth/user").status == 401
    assert Client().post("/api/auth/refresh", {"refresh_token": other["refresh_token"]}).status == 401
    assert owner.get("/api/auth/user").status == 200
    assert Client().post("/api/auth/refresh", {"refresh_token": owner.account["refresh_token"]}).status == 200


def test_the_current_password_must_be_right(owner: Client) -> None:
    refused = change(owner, "not this one")
    assert (refused.status, refused.json["type"]) == (422, "/problems/password-wrong")
    assert refused.json["errors"][0]["pointer"] == "#/current_password"
    assert sign_in(owner, PASSWORD) == 200


def test_who_has_a_second_factor_shows_it_for_this(owner: Client, database: Database) -> None:
    app = factors.enable(owner)
    database.run("update user_sessions set factor_at = null where user_id = :id", id=factors.user_id(owner))
    for password in (PASSWORD, "not this one"):
        refused = change(owner, password)
        assert (refused.status, refused.json["type"]) == (403, "/problems/step-up-required")
    assert sign_in(owner, NEW) == 401
    assert owner.post("/api/v1/2fa/step-up", {"code": app.code()}).status == 200
    assert change(owner, PASSWORD).status == 204


def test_api_keys_stay(owner: Client) -> None:
    key = owner.post("/api/api-keys", {"name": "shop", "scopes": ["quotes:read"]}).json["key"]
    assert change(owner, PASSWORD).status == 204
    assert Client(token=key).get("/api/quotes").status == 200


def test_five_wrong_ones_lock_it_wherever_they_come_from(owner: Client) -> None:
    """By user and not by address: who holds a session can come from anywhere. Signing in counts apart."""
    wrong = {"current_password": "not this one", "new_password": NEW}
    for ip in range(5):
        assert owner.post("/api/auth/change-password", wrong, x_test_ip=f"203.0.113.{ip}").status == 422
    locked = change(owner, PASSWORD)
    assert (locked.status, locked.json["type"]) == (423, "/problems/signin-locked")
    assert sign_in(owner, PASSWORD) == 200


def test_a_reset_link_under_way_is_dead(owner: Client) -> None:
    token = link(owner)
    owner.send(example(owner))
    assert reset(token) == 410


def test_neither_password_is_kept_under_an_idempotency_key(owner: Client, database: Database) -> None:
    request = example(owner)
    owner.post(request.path, request.json, idempotency_key="one")
    assert database.run("select from idempotency_keys where user_id = :id", id=owner.account["user"]["id"]) == []


def test_the_user_is_told_by_a_mail_without_a_link(owner: Client, database: Database) -> None:
    owner.send(example(owner))
    assert database.run(
        "select event->'link' from outbox where event->>'to' = :to and event->>'template' = 'PASSWORD_CHANGED'",
        to=owner.account["user"]["email"],
    ) == [[None]]

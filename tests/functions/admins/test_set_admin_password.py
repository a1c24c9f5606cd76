"""POST /api/admin/set-password."""

from tests.functions.admins.colleagues import path
from tests.support import admins, mailed
from tests.support.client import PASSWORD, Client, Request, new_email
from tests.support.database import Database

NEW = "another long phrase"


def token_for(email: str) -> str:
    return admins.make_admin(email)["link"].partition("?token=")[2]


def example(admin: Client) -> Request:
    answer = admin.post(f"{path(admin)}/reset-password")
    assert answer.status == 202, answer.body
    token = mailed.secret(admin, "ADMIN_PASSWORD_RESET", admin.account["admin"]["email"])
    return Request("POST", "/api/admin/set-password", {"token": token, "password": PASSWORD})


def test_the_link_makes_the_account_usable(database: Database) -> None:
    email = new_email()
    given = {"token": token_for(email), "password": NEW}
    assert Client().post("/api/admin/set-password", given).status == 204
    answer = Client().post("/api/admin/login", {"email": email, "password": NEW})
    assert (answer.status, answer.json["admin"]["role"]) == (200, "super_admin")


def test_it_works_once_and_a_newer_one_replaces_it(admin: Client) -> None:
    older, newer = example(admin), example(admin)
    assert Client().send(older).status == 410
    assert Client().send(newer).status == 204
    assert Client().send(newer).status == 410


def test_it_ends_every_session_and_the_count_of_failures(admin: Client) -> None:
    wrong = {"email": admin.account["admin"]["email"], "password": "x"}
    assert [Client().post("/api/admin/login", wrong).status for _ in range(6)] == [401] * 5 + [423]
    assert Client().send(example(admin)).status == 204
    assert admin.get("/api/admin/profile").status == 401
    assert admins.log_in(admin).status == 200


def test_it_lives_a_day(admin: Client, database: Database) -> None:
    request = example(admin)
    database.run("update admin_links set expires_at = now()")
    assert Client().send(request).status == 410


def test_a_common_password_is_refused(admin: Client) -> None:
    request = example(admin)
    answer = Client().post(request.path, request.json | {"password": "password123"})
    assert answer.status == 422
    assert answer.json["errors"][0]["pointer"] == "#/password"
    assert Client().send(request).status == 204, "and the link still works"

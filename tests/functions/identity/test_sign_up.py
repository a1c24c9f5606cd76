"""POST /api/auth/signup."""

from tests.support.client import PASSWORD, Client, Request, new_email
from tests.support.database import Database


def example(owner: Client) -> Request:
    given = {"email": new_email(), "password": PASSWORD, "full_name": "Asha Sharma", "company_name": "Sharma Packaging"}
    return Request("POST", "/api/auth/signup", given)


def test_a_new_user_owns_a_new_tenant(nobody: Client) -> None:
    answer = nobody.send(example(nobody))
    assert answer.status == 201
    assert answer.json["user"]["role"] == "owner"
    assert answer.json["tenant"]["time_zone"] == "Asia/Kolkata"
    account = Client(token=answer.json["access_token"]).get("/api/auth/user")
    assert account.json == {"user": answer.json["user"], "tenant": answer.json["tenant"]}


def test_a_known_address_is_refused_in_any_case(nobody: Client) -> None:
    first = example(nobody)
    assert nobody.send(first).status == 201
    again = nobody.post("/api/auth/signup", first.json | {"email": first.json["email"].upper()})
    assert again.status == 409
    assert again.json["type"] == "/problems/email-taken"


def test_the_password_is_kept_as_a_hash_only(nobody: Client, database: Database) -> None:
    request = example(nobody)
    nobody.send(request)
    [[kept]] = database.run("select password_hash from users where email = :email", email=request.json["email"])
    assert str(kept).startswith("$argon2id$")


def test_each_wrong_field_is_named(nobody: Client) -> None:
    answer = nobody.post("/api/auth/signup", {"email": "x", "password": "short", "full_name": " ", "admin": True})
    assert answer.status == 422
    pointers = {error["pointer"] for error in answer.json["errors"]}
    assert pointers == {"#/email", "#/password", "#/full_name", "#/company_name", "#/admin"}


def test_the_welcome_mail_is_asked_for_in_the_same_transaction(nobody: Client, database: Database) -> None:
    request = example(nobody)
    nobody.send(request)
    found = database.run("select name from outbox where event->>'to' = :email", email=request.json["email"])
    assert found == [["MailRequested"]]

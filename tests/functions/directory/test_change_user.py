"""PATCH /api/admin/users/{user_id}."""

from tests.functions.directory.people import mails, path, sign_in
from tests.support import mailed
from tests.support.client import Client, Request, new_email, sign_up
from tests.support.database import Database

ROUND_TRIPS = 3  # who he was, who he is, and the commit


def example(admin: Client) -> Request:
    given = {"full_name": "Meena Joshi", "phone": "+91 98765 43210", "locale": "mr-IN", "email": new_email()}
    return Request("PATCH", path(sign_up(admin.transport)), given)


def verify(owner: Client, template: str, to: str) -> int:
    return Client().post("/api/auth/verify-email", {"token": mailed.secret(owner, template, to)}).status


def test_what_is_given_is_changed_and_the_rest_stays(admin: Client, owner: Client) -> None:
    admin.patch(path(owner), {"phone": "+91 98765 43210"})
    changed = admin.patch(path(owner), {"full_name": "Meena Joshi", "locale": "mr-IN"}).json
    assert (changed["full_name"], changed["phone"], changed["locale"]) == ("Meena Joshi", "+91 98765 43210", "mr-IN")
    assert admin.patch(path(owner), {"phone": None}).json["phone"] is None
    assert admin.get(path(owner)).json["full_name"] == owner.get("/api/user-profile").json["full_name"] == "Meena Joshi"


def test_a_new_address_is_to_be_confirmed_and_the_old_one_is_told(
    admin: Client, owner: Client, database: Database
) -> None:
    old, new = owner.account["user"]["email"], new_email()
    assert verify(owner, "USER_SIGNUP", old) == 204
    changed = admin.patch(path(owner), {"email": new.upper()}).json
    assert (changed["email"], changed["email_verified"]) == (new, False)
    assert [to for to, _ in mails(database, "ADDRESS_CHANGED", owner.account["tenant"]["id"])] == [old]
    assert (sign_in(old).status, sign_in(new).status) == (401, 200)
    assert verify(owner, "EMAIL_VERIFICATION", new) == 204
    assert admin.get(path(owner)).json["email_verified"]


def test_links_that_went_to_the_old_address_are_dead(admin: Client, owner: Client) -> None:
    old = owner.account["user"]["email"]
    Client().post("/api/auth/forgot-password", {"email": old})
    admin.patch(path(owner), {"email": new_email()})
    assert verify(owner, "USER_SIGNUP", old) == 410
    given = {"token": mailed.secret(owner, "PASSWORD_RESET", old), "password": "quite another phrase"}
    assert Client().post("/api/auth/reset-password", given).status == 410


def test_the_same_address_is_no_change(admin: Client, owner: Client, database: Database) -> None:
    email = owner.account["user"]["email"]
    verify(owner, "USER_SIGNUP", email)
    assert admin.patch(path(owner), {"email": email}).json["email_verified"]
    assert mails(database, "ADDRESS_CHANGED", owner.account["tenant"]["id"]) == []


def test_an_address_that_another_has_is_refused(admin: Client, owner: Client) -> None:
    answer = admin.patch(path(owner), {"email": sign_up().account["user"]["email"], "full_name": "Meena"})
    assert (answer.status, answer.json["type"]) == (409, "/problems/email-taken")
    assert admin.get(path(owner)).json["full_name"] == "Asha Sharma", "and nothing has changed"

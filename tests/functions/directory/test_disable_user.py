"""POST /api/admin/users/{user_id}/disable."""

from uuid import UUID

import pytest

from shared.domains.directory.schemas import UNTOLD
from shared.domains.directory.service import standing
from tests.functions.directory.people import NEW, REASON, choose_password, mails, meanwhile, path, sign_in
from tests.functions.members.people import join, make_key
from tests.support import factors, mailed
from tests.support.client import PASSWORD, Answer, Client, Request, sign_up
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("POST", f"{path(sign_up(admin.transport))}/disable", {"reason": REASON})


def disable(admin: Client, user: Client) -> Answer:
    return admin.post(f"{path(user)}/disable", {"reason": REASON})


def test_who_is_disabled_is_out_at_once_and_nobody_else(admin: Client, owner: Client) -> None:
    staff = join(owner, "staff")
    answer = disable(admin, staff)
    assert (answer.status, answer.json["status"], answer.json["disabled_reason"]) == (200, "disabled", REASON)
    assert admin.get(path(staff)).json == answer.json
    assert staff.get("/api/auth/user").status == 401
    assert Client().post("/api/auth/refresh", {"refresh_token": staff.account["refresh_token"]}).status == 401
    assert owner.get("/api/auth/user").status == 200


def test_the_right_password_is_told_and_the_wrong_one_learns_nothing(admin: Client, owner: Client) -> None:
    disable(admin, owner)
    email = owner.account["user"]["email"]
    refused = sign_in(email)
    assert (refused.status, refused.json["type"]) == (403, "/problems/user-disabled")
    assert sign_in(email, "not this one").json["type"] == "/problems/wrong-credentials"


def test_completing_a_sign_in_is_refused_too(admin: Client, owner: Client) -> None:
    app = factors.enable(owner)
    given = {"email": owner.account["user"]["email"], "password": PASSWORD}
    challenge = Client().post("/api/auth/signin", given).json["challenge_token"]
    disable(admin, owner)
    answer = Client().post("/api/v1/2fa/verify", {"challenge_token": challenge, "code": app.code()})
    assert (answer.status, answer.json["type"]) == (403, "/problems/user-disabled")


def test_api_keys_are_refused_meanwhile(admin: Client, owner: Client) -> None:
    key = make_key(owner, "quotes:read")
    disable(admin, owner)
    assert key.get("/api/quotes").status == 401


def test_a_forgotten_password_does_not_enable(admin: Client, owner: Client) -> None:
    disable(admin, owner)
    email = owner.account["user"]["email"]
    assert Client().post("/api/auth/forgot-password", {"email": email}).status == 202
    assert choose_password(mailed.secret(owner, "PASSWORD_RESET")) == 204
    assert sign_in(email, NEW).json["type"] == "/problems/user-disabled"


def test_he_gets_a_mail_with_the_reason_once(admin: Client, owner: Client, database: Database) -> None:
    assert disable(admin, owner).status == 200
    again = disable(admin, owner)
    assert (again.status, again.json["type"]) == (409, "/problems/user-already-disabled")
    values = {"full_name": "Asha Sharma", "reason": REASON}
    sent = mails(database, "ACCOUNT_DISABLED", owner.account["tenant"]["id"])
    assert sent == [(owner.account["user"]["email"], values)]


@pytest.mark.parametrize("body", [None, {}, {"reason": "Spam"}])
def test_the_reason_may_be_short_or_untold(admin: Client, owner: Client, body: dict[str, str] | None) -> None:
    answer = admin.post(f"{path(owner)}/disable", body)
    told = (body or {}).get("reason", UNTOLD)
    assert (answer.status, answer.json["status"], answer.json["disabled_reason"]) == (200, "disabled", told)


def test_a_reason_of_nothing_is_refused(admin: Client, owner: Client) -> None:
    answer = admin.post(f"{path(owner)}/disable", {"reason": "  "})
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "#/reason")


def sign_in_meanwhile(admin: Client, owner: Client, database: Database) -> tuple[int, object]:
    """It has read that the user may, and he is disabled before it opens the session: its status, the open sessions."""
    user_id, email = UUID(owner.account["user"]["id"]), owner.account["user"]["email"]
    status = meanwhile(
        admin,
        lambda call: standing.disable_user(call, user_id, REASON),
        lambda: sign_in(email).status,
        database,
    )
    return status, admin.get(path(owner)).json["sessions"]


def test_a_sign_in_that_races_the_disabling_opens_nothing(admin: Client, owner: Client, database: Database) -> None:
    assert sign_in_meanwhile(admin, owner, database) == (401, 0)


def test_without_the_lock_that_race_is_lost(admin: Client, owner: Client, database: Database) -> None:
    """The planted read-check-write: the test above can fail."""
    database.run("alter table user_sessions disable trigger refuse_of_closed")
    try:
        assert sign_in_meanwhile(admin, owner, database) == (200, 1)
    finally:
        database.run("alter table user_sessions enable trigger refuse_of_closed")

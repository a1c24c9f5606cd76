"""POST /api/admin/users/{user_id}/enable."""

from tests.functions.directory.people import REASON, mails, path, sign_in
from tests.functions.members.people import make_key
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database


def example(admin: Client) -> Request:
    user = sign_up(admin.transport)
    admin.post(f"{path(user)}/disable", {"reason": REASON})
    return Request("POST", f"{path(user)}/enable")


def test_signing_in_and_keys_work_again_and_sessions_of_before_do_not(
    admin: Client, owner: Client, database: Database
) -> None:
    key = make_key(owner, "quotes:read")
    admin.post(f"{path(owner)}/disable", {"reason": REASON})
    answer = admin.post(f"{path(owner)}/enable")
    assert (answer.status, answer.json["status"], answer.json["disabled_reason"]) == (200, "active", None)
    assert admin.get(path(owner)).json == answer.json
    assert key.get("/api/quotes").status == sign_in(owner.account["user"]["email"]).status == 200
    assert owner.get("/api/auth/user").status == 401
    assert len(mails(database, "ACCOUNT_ENABLED", owner.account["tenant"]["id"])) == 1


def test_who_is_not_disabled_is_not_enabled(admin: Client, owner: Client) -> None:
    answer = admin.post(f"{path(owner)}/enable")
    assert (answer.status, answer.json["type"]) == (409, "/problems/user-not-disabled")
    assert owner.get("/api/auth/user").status == 200

"""POST /api/admin/users/{user_id}/reset-2fa."""

from tests.functions.directory.people import mails, path, sign_in
from tests.support import factors
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database

ROUND_TRIPS = 3  # whose it is, its lock, and the commit


def example(admin: Client) -> Request:
    user = sign_up(admin.transport)
    factors.enable(user)
    return Request("POST", f"{path(user)}/reset-2fa")


def test_the_password_is_enough_again_and_sessions_end(admin: Client, owner: Client, database: Database) -> None:
    factors.enable(owner)
    email = owner.account["user"]["email"]
    assert sign_in(email).json["mfa_required"]
    assert admin.post(f"{path(owner)}/reset-2fa").status == 204
    assert owner.get("/api/auth/user").status == 401
    assert "access_token" in sign_in(email).json
    assert len(mails(database, "SECOND_FACTOR_RESET", owner.account["tenant"]["id"])) == 1


def test_where_there_is_none_nothing_happens(admin: Client, owner: Client) -> None:
    answer = admin.post(f"{path(owner)}/reset-2fa")
    assert (answer.status, answer.json["type"]) == (409, "/problems/factor-not-enabled")
    assert owner.get("/api/auth/user").status == 200

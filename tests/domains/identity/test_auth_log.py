"""auth_audit_logs: what happens to an account, in order, also where the call was refused."""

import pytest

from tests.functions.identity.test_change_password import change
from tests.functions.identity.test_end_session import session_of
from tests.functions.identity.test_list_sessions import sign_in
from tests.functions.identity.test_reset_password import link, reset
from tests.support import mailed
from tests.support.client import PASSWORD, Client
from tests.support.database import Database


def log(owner: Client, database: Database) -> list[object]:
    found = database.run(
        "select event from auth_audit_logs where user_id = :id and tenant_id = :tenant order by at, id",
        id=owner.account["user"]["id"], tenant=owner.account["tenant"]["id"],
    )  # fmt: skip
    return [event for [event] in found]


def test_the_life_of_an_account_is_written_down(owner: Client, database: Database) -> None:
    Client().post("/api/auth/verify-email", {"token": mailed.secret(owner, "USER_SIGNUP")})
    second = sign_in(owner)
    owner.delete(f"/api/auth/sessions/{session_of(second)}")
    sign_in(owner).post("/api/auth/logout")
    assert change(owner, "not this one").status == 422
    assert change(owner, PASSWORD).status == 204
    assert reset(link(owner)) == 204
    assert log(owner, database) == [
        "signed_up", "email_verified", "signed_in", "session_ended", "signed_in", "signed_out", "password_refused",
        "password_changed", "password_forgotten", "password_reset",
    ]  # fmt: skip


def test_failures_to_sign_in_are_kept_though_they_are_refused(owner: Client, database: Database) -> None:
    given = {"email": owner.account["user"]["email"], "password": "not this one"}
    assert [Client().post("/api/auth/signin", given).status for _ in range(6)] == [401] * 5 + [423]
    assert log(owner, database) == ["signed_up"] + ["signin_failed"] * 5 + ["signin_locked"]


def test_a_token_that_comes_twice_is_noted_and_one_that_never_was_is_not(owner: Client, database: Database) -> None:
    for _ in range(2):
        Client().post("/api/auth/refresh", {"refresh_token": owner.account["refresh_token"]})
    Client().post("/api/auth/refresh", {"refresh_token": "x" * 43})
    assert log(owner, database) == ["signed_up", "token_reused"]


def test_it_says_from_where_and_with_what(owner: Client, database: Database) -> None:
    sign_in(owner, user_agent="curl/8.5.0", x_test_ip="203.0.113.7")
    assert database.run(
        "select client_ip, user_agent from auth_audit_logs where user_id = :id and event = 'signed_in'",
        id=owner.account["user"]["id"],
    ) == [["203.0.113.7", "curl/8.5.0"]]


@pytest.mark.parametrize("statement", ["update auth_audit_logs set event = 'nothing'", "delete from auth_audit_logs"])
def test_nobody_rewrites_it(owner: Client, database: Database, statement: str) -> None:
    with pytest.raises(Exception, match="append-only"):
        database.run(statement)

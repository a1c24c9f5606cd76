"""POST /api/auth/verify-email."""

import pytest

from tests.support import mailed
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database


def example(owner: Client) -> Request:
    joining = sign_up(owner.transport)
    return Request("POST", "/api/auth/verify-email", {"token": mailed.secret(joining, "USER_SIGNUP")})


def verify(token: str) -> int:
    return Client().post("/api/auth/verify-email", {"token": token}).status


def test_the_link_of_the_welcome_mail_verifies_the_address(owner: Client) -> None:
    assert owner.account["user"]["email_verified"] is False
    assert verify(mailed.secret(owner, "USER_SIGNUP")) == 204
    assert owner.get("/api/auth/user").json["user"]["email_verified"] is True


def test_it_works_once(owner: Client) -> None:
    token = mailed.secret(owner, "USER_SIGNUP")
    assert [verify(token), verify(token)] == [204, 410]


@pytest.mark.parametrize(("age", "status"), [("23 hours 59 minutes", 204), ("24 hours", 410)])
def test_it_works_for_a_day(owner: Client, database: Database, age: str, status: int) -> None:
    """The row is made older, for the clock of the tests does not move."""
    database.run(
        "update email_tokens set expires_at = expires_at - cast(:age as interval) where user_id = :user",
        age=age, user=owner.account["user"]["id"],
    )  # fmt: skip
    assert verify(mailed.secret(owner, "USER_SIGNUP")) == status


def test_a_token_of_another_purpose_is_none(owner: Client) -> None:
    Client().post("/api/auth/forgot-password", {"email": owner.account["user"]["email"]})
    assert verify(mailed.secret(owner, "PASSWORD_RESET")) == 410
    assert owner.get("/api/auth/user").json["user"]["email_verified"] is False


def test_a_link_to_an_address_that_was_given_up_is_none(owner: Client, database: Database) -> None:
    database.run("update users set email = 'new-' || email where id = :id", id=owner.account["user"]["id"])
    assert verify(mailed.secret(owner, "USER_SIGNUP")) == 410


def test_the_database_holds_no_token(owner: Client, database: Database) -> None:
    token = mailed.secret(owner, "USER_SIGNUP")
    assert len(token) == 43, "256 bits"
    for table in ("email_tokens", "outbox", "idempotency_keys", "auth_audit_logs", "audit_logs"):
        assert database.run(f"select from {table} where strpos({table}::text, :token) > 0", token=token) == []


def test_it_is_logged(owner: Client, database: Database) -> None:
    verify(mailed.secret(owner, "USER_SIGNUP"))
    logged = database.run(
        "select event, tenant_id::text from auth_audit_logs where user_id = :id order by at, id",
        id=owner.account["user"]["id"],
    )
    tenant = owner.account["tenant"]["id"]
    assert logged == [["signed_up", tenant], ["email_verified", tenant]]

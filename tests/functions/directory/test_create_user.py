"""POST /api/admin/users."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from shared.domains.directory.schemas import NewUser
from shared.domains.directory.service import standing, users
from shared.domains.members import queries
from shared.domains.platform.rules.mails import written
from tests.functions.directory.people import NEW, call_of, choose_password, mails, meanwhile, sign_in, transaction
from tests.functions.members.people import join
from tests.support import mailed
from tests.support.client import Answer, Client, Request, new_email, sign_up
from tests.support.database import Database

ROUND_TRIPS = 3  # the address must be free before anything else, and the answer is read where it was written


def example(admin: Client) -> Request:
    tenant = sign_up(admin.transport).account["tenant"]["id"]
    return Request("POST", "/api/admin/users", {"email": new_email(), "full_name": "Meena Joshi", "tenant_id": tenant})


def create(admin: Client, **given: object) -> Answer:
    return admin.post("/api/admin/users", {"email": new_email(), "full_name": "Meena Joshi"} | given)


def test_the_link_of_the_mail_chooses_a_password_and_confirms_the_address(admin: Client) -> None:
    made = create(admin, company_name="Joshi Traders").json
    assert (made["role"], made["email_verified"], made["tenant"]["name"]) == ("owner", False, "Joshi Traders")
    token = mailed.secret(admin, "USER_INVITED", made["email"])
    assert sign_in(made["email"], "").status == sign_in(made["email"], NEW).status == 401, "there is no password yet"
    assert choose_password(token) == 204
    assert choose_password(token) == 410, "it works once"
    signed_in = sign_in(made["email"], NEW)
    assert signed_in.json["user"]["email_verified"]
    again = Client(token=signed_in.json["access_token"])
    assert again.get("/api/pricing/paper-bf-prices").json["items"] != [], "the tenant has the usual prices"


def test_the_link_lives_a_week(admin: Client, database: Database) -> None:
    made = create(admin).json
    [[expires_at]] = database.run("select expires_at from email_tokens where user_id = :id", id=made["id"])
    assert isinstance(expires_at, datetime)
    assert timedelta(days=6, hours=23) < expires_at - datetime.now(UTC) <= timedelta(days=7)


def test_without_a_company_the_tenant_bears_the_users_name(admin: Client) -> None:
    assert create(admin).json["tenant"]["name"] == "Meena Joshi"


@pytest.mark.parametrize(
    ("given", "role"), [({}, "staff"), ({"role": "viewer"}, "viewer"), ({"role": "owner"}, "owner")]
)
def test_in_a_tenant_that_exists_the_user_gets_a_role(
    given: dict[str, str], role: str, admin: Client, owner: Client
) -> None:
    made = create(admin, tenant_id=owner.account["tenant"]["id"], **given).json
    assert (made["role"], made["tenant"]["id"]) == (role, owner.account["tenant"]["id"])
    assert len(owner.get("/api/tenant/members").json["items"]) == 2


def test_the_owners_of_a_tenant_are_told_who_was_put_into_it(admin: Client, owner: Client, database: Database) -> None:
    second, _ = join(owner, "owner"), join(owner, "admin")
    tenant = owner.account["tenant"]
    made = create(admin, tenant_id=tenant["id"], role="owner").json
    told = dict(mails(database, "MEMBER_ADDED", tenant["id"]))
    assert set(told) == {who.account["user"]["email"] for who in (owner, second)}, "and not who was"
    assert told[owner.account["user"]["email"]] == {
        "full_name": owner.account["user"]["full_name"], "company_name": tenant["name"], "member": "Meena Joshi",
        "email": made["email"], "role": "owner",
    }  # fmt: skip
    values = {"full_name": "Asha", "company_name": "A", "member": "x.example", "email": "b@c.d", "role": "owner"}
    mail = written("MEMBER_ADDED", values)
    assert mail.subject == "x. example was added to A"
    assert "b@c.d, to A as owner" in mail.text


def test_of_a_new_tenant_there_is_nobody_to_tell(admin: Client, database: Database) -> None:
    assert mails(database, "MEMBER_ADDED", create(admin).json["tenant"]["id"]) == []


def test_a_known_address_is_refused_in_any_case(admin: Client, owner: Client) -> None:
    answer = create(admin, email=owner.account["user"]["email"].upper())
    assert (answer.status, answer.json["type"]) == (409, "/problems/email-taken")


def test_a_tenant_that_does_not_exist_or_is_closed_is_refused(admin: Client, owner: Client) -> None:
    email = new_email()
    missing = create(admin, email=email, tenant_id=owner.account["user"]["id"])
    assert (missing.status, missing.json["type"]) == (404, "/problems/tenant-not-found")
    owner.delete("/api/tenant")
    closed = create(admin, email=email, tenant_id=owner.account["tenant"]["id"])
    assert (closed.status, closed.json["type"]) == (409, "/problems/tenant-is-closed")
    assert create(admin, email=email).status == 201, "and the address is still free"


@pytest.mark.parametrize(
    ("given", "pointers"),
    [
        ({"role": "staff"}, ["#/role"]),
        ({"role": "staff", "tenant_id": None}, ["#/role"]),
        ({"role": "staff", "tenant_id": "7"}, ["#/tenant_id"]),
        ({"company_name": "Joshi", "tenant_id": str(UUID(int=7))}, ["#/company_name"]),
    ],
    ids=str,
)
def test_what_contradicts_itself_is_refused(given: dict[str, Any], pointers: list[str], admin: Client) -> None:
    answer = create(admin, **given)
    assert (answer.status, [wrong["pointer"] for wrong in answer.json["errors"]]) == (422, pointers)
    assert not any("Value error" in wrong["detail"] for wrong in answer.json["errors"])


def join_while_the_owner_is_deleted(admin: Client, owner: Client, database: Database) -> Any:
    """The only member of a tenant is just being deleted when another is put into it."""
    user_id, tenant_id = UUID(owner.account["user"]["id"]), UUID(owner.account["tenant"]["id"])
    given = NewUser(email=new_email(), full_name="Meena Joshi", tenant_id=tenant_id)

    def create_one() -> str:
        with transaction(call_of(admin)) as call:
            return users.create_user(call, given).role

    return meanwhile(admin, lambda call: standing.delete_user(call, user_id), create_one, database)


def test_nobody_is_put_into_a_tenant_that_loses_its_owner(admin: Client, owner: Client, database: Database) -> None:
    assert join_while_the_owner_is_deleted(admin, owner, database) == "tenant-is-closed"


def test_without_the_lock_that_race_is_lost(
    admin: Client, owner: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted read-check-write: the test above can fail."""
    monkeypatch.setattr(queries, "lock_members", lambda _, **__: None)
    assert join_while_the_owner_is_deleted(admin, owner, database) == "staff"

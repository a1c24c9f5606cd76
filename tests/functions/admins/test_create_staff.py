"""POST /api/admin/staff."""

import pytest

from tests.functions.admins.colleagues import STAFF, colleague, grant, invited, problem
from tests.support import mailed
from tests.support.admins import ROLES
from tests.support.client import PASSWORD, Client, Request, new_email
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("POST", STAFF, {"email": new_email(), "full_name": "Meera Iyer", "role": "support_staff"})


@pytest.mark.parametrize("role", ROLES)
def test_the_mailed_link_sets_the_password_and_the_role_holds(role: str, admin: Client) -> None:
    made = colleague(admin, role)
    assert (made["role"], made["status"], made["granted"]) == (role, "active", [])
    before = Client().post("/api/admin/login", {"email": made["email"], "password": PASSWORD})
    assert before.status == 401, "there is no default password"
    token = mailed.secret(admin, "STAFF_INVITED", made["email"])
    assert Client().post("/api/admin/set-password", {"token": token, "password": PASSWORD}).status == 204
    answer = Client().post("/api/admin/login", {"email": made["email"], "password": PASSWORD})
    assert answer.json["admin"] == {name: made[name] for name in answer.json["admin"]}


def test_the_link_lives_a_day(admin: Client, database: Database) -> None:
    made = colleague(admin)
    [[hours]] = database.run(
        "select extract(epoch from expires_at - created_at) / 3600 from admin_links where admin_id = :id",
        id=made["id"],
    )
    assert hours == 24


def test_an_address_is_taken_once_however_it_is_written(admin: Client) -> None:
    made = colleague(admin)
    again = admin.post(STAFF, {"email": made["email"].upper(), "full_name": "Another", "role": "support_viewer"})
    assert problem(again) == (409, "admin-email-taken")


def test_a_user_may_be_an_admin_too_with_another_password(admin: Client, owner: Client) -> None:
    email = owner.account["user"]["email"]
    assert admin.post(STAFF, {"email": email, "full_name": "Asha Sharma", "role": "support_viewer"}).status == 201
    assert Client().post("/api/admin/login", {"email": email, "password": PASSWORD}).status == 401


def test_nobody_gives_a_role_of_more_than_his_own_who_does_not_configure_roles(admin: Client) -> None:
    support = grant(admin, invited(admin), "create_staff")
    given = {"email": new_email(), "full_name": "Meera Iyer"}
    for role in ("super_admin", "finance_admin", "marketing_staff"):
        assert problem(support.post(STAFF, given | {"role": role})) == (403, "roles-not-yours"), role
    assert support.post(STAFF, given | {"role": "support_viewer"}).status == 201


@pytest.mark.parametrize("role", ["owner", "SUPER_ADMIN", "", None])
def test_there_are_five_roles(role: str | None, admin: Client) -> None:
    answer = admin.post(STAFF, {"email": new_email(), "full_name": "Meera Iyer", "role": role})
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "#/role")

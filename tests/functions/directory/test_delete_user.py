"""DELETE /api/admin/users/{user_id}."""

import importlib
from datetime import datetime, timedelta

import pytest

from shared.domains.platform.rules.mails import written
from tests.functions.directory.people import mails, path, sign_in, tenant_path
from tests.functions.members.people import join, make_key
from tests.support import admins, factors
from tests.support.client import PASSWORD, Client, Request, sign_up
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("DELETE", path(sign_up(admin.transport)))


def test_everything_that_let_him_in_is_gone_at_once(admin: Client, owner: Client, database: Database) -> None:
    staff = join(owner, "staff")
    key = make_key(join(owner, "admin"), "quotes:read")
    for user in (staff, key):
        assert admin.delete(path(user)).status == 204
    assert staff.get("/api/auth/user").status == key.get("/api/quotes").status == 401
    assert Client().post("/api/auth/refresh", {"refresh_token": staff.account["refresh_token"]}).status == 401
    assert sign_in(staff.account["user"]["email"]).status == 401
    assert admin.get(path(staff)).status == admin.delete(path(staff)).status == 404
    assert len(owner.get("/api/tenant/members").json["items"]) == 1
    [(to, _), _] = mails(database, "ACCOUNT_DELETED", owner.account["tenant"]["id"])
    assert to == staff.account["user"]["email"]


def test_no_table_but_logs_and_what_he_made_names_him(admin: Client, owner: Client, database: Database) -> None:
    staff = join(owner, "staff")
    factors.enable(staff)
    party = staff.post("/api/parties", {"person_name": "Meena"}).json
    admin.delete(path(staff))
    tables = database.run(
        "select table_name from information_schema.columns where table_schema = 'public' and column_name = 'user_id'"
    )
    count = "select count(*) from {} where user_id = :id"
    id = staff.account["user"]["id"]
    naming = {table for [table] in tables if database.run(count.format(table), id=id) != [[0]]}
    assert naming <= {"audit_logs", "auth_audit_logs", "idempotency_keys"}
    assert owner.get(f"/api/parties/{party['id']}").status == 200


@pytest.mark.parametrize(
    "stem", ["change_user", "create_user", "delete_user", "set_user_role", "reset_user_factor", "suspend_tenant"]
)
def test_dangerous_acts_want_a_fresh_factor(stem: str, admin: Client, database: Database) -> None:
    request = importlib.import_module(f"tests.functions.directory.test_{stem}").example(admins.new_admin(database))
    factors.enable_of_admin(admin)
    database.run(
        "update admin_sessions set factor_at = factor_at - interval '6 minutes' where admin_id = :id",
        id=admin.account["admin"]["id"],
    )
    answer = admin.send(request)
    assert (answer.status, answer.json["type"]) == (403, "/problems/step-up-required")


def test_the_address_may_sign_up_again(admin: Client, owner: Client) -> None:
    admin.delete(path(owner))
    given = {
        "email": owner.account["user"]["email"], "password": PASSWORD, "full_name": "Asha", "company_name": "Again",
    }  # fmt: skip
    answer = Client().post("/api/auth/signup", given)
    assert answer.status == 201
    assert answer.json["user"]["id"] != owner.account["user"]["id"]


def test_the_last_owner_of_others_stays(admin: Client, owner: Client) -> None:
    join(owner, "admin")
    refused = admin.delete(path(owner))
    assert (refused.status, refused.json["type"]) == (409, "/problems/last-owner")
    join(owner, "owner")
    assert admin.delete(path(owner)).status == 204


def test_a_tenant_that_nobody_is_left_in_is_closed_and_erased_after_a_month(
    admin: Client, owner: Client, database: Database
) -> None:
    admin.delete(path(owner))
    left = admin.get(tenant_path(owner)).json
    assert (left["status"], left["member_count"], left["members"]) == ("closed", 0, [])
    assert datetime.fromisoformat(left["erase_at"]) - datetime.fromisoformat(left["closed_at"]) == timedelta(days=30)
    tenant = owner.account["tenant"]["id"]
    [(to, values)] = mails(database, "LAST_ACCOUNT_DELETED", tenant)
    assert to == owner.account["user"]["email"]
    assert mails(database, "ACCOUNT_DELETED", tenant) == [], "which says that something stays"
    assert isinstance(values, dict)
    assert "all its data is erased" in written("LAST_ACCOUNT_DELETED", values).text

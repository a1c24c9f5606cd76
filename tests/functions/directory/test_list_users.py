"""GET /api/admin/users."""

from typing import Any

import pytest

from shared.core import db
from shared.core.db import Scope
from shared.domains.directory.queries import users as queries
from tests.functions.directory.people import REASON, path
from tests.functions.members.people import join
from tests.support import admins
from tests.support.client import Client, Request, new_email, sign_up
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("GET", f"/api/admin/users?tenant_id={sign_up(admin.transport).account['tenant']['id']}")


def found(admin: Client, **query: object) -> list[str]:
    answer = admin.get("/api/admin/users", **query)
    assert answer.status == 200, answer.body
    return [user["id"] for user in answer.json["items"]]


def test_users_of_every_tenant_are_there_newest_first(admin: Client) -> None:
    name = f"Meena {new_email()}"
    for company in ("Joshi Traders", "Pune Foods"):
        admin.post("/api/admin/users", {"email": new_email(), "full_name": name, "company_name": company})
    newer, older = admin.get("/api/admin/users", q=name).json["items"]
    assert (newer["tenant"]["name"], older["tenant"]["name"]) == ("Pune Foods", "Joshi Traders")
    assert newer["tenant"] | {"id": "", "name": ""} == {
        "id": "", "name": "", "status": "active", "verification": "approved",
    }  # fmt: skip
    assert (newer["role"], newer["status"], newer["last_seen_at"]) == ("owner", "active", None)


def test_it_looks_for_parts_of_names_and_addresses_as_they_stand(admin: Client, owner: Client) -> None:
    given = {"email": new_email(), "full_name": "100% Élan_Vital", "company_name": "Elan"}
    made = admin.post("/api/admin/users", given).json["id"]
    assert found(admin, q="élan_") == [made]
    assert found(admin, q="100%") == [made]
    assert found(admin, q="0_É") == []
    assert found(admin, q=given["email"][4:12].upper()) == [made]


def test_it_filters_by_status_role_and_tenant(admin: Client, owner: Client) -> None:
    staff = join(owner, "staff")
    tenant, user = owner.account["tenant"]["id"], staff.account["user"]["id"]
    assert found(admin, tenant_id=tenant) == [user, owner.account["user"]["id"]]
    assert (
        found(admin, tenant_id=tenant, role="staff") == found(admin, tenant_id=tenant, q="asha", role="staff") == [user]
    )
    admin.post(f"{path(staff)}/disable", {"reason": REASON})
    assert found(admin, tenant_id=tenant, status="disabled") == [user]
    assert found(admin, tenant_id=tenant, status="active", role="staff") == []


def test_it_pages(admin: Client, owner: Client) -> None:
    for _ in range(2):
        join(owner)
    tenant = owner.account["tenant"]["id"]
    first = admin.get("/api/admin/users", tenant_id=tenant, limit=2).json
    rest = admin.get("/api/admin/users", tenant_id=tenant, limit=2, cursor=first["next_cursor"]).json
    assert [len(first["items"]), len(rest["items"]), rest["next_cursor"]] == [2, 1, None]
    assert not {user["id"] for user in first["items"]} & {user["id"] for user in rest["items"]}


@pytest.mark.parametrize("role", ["support_staff", "support_viewer", "finance_admin"])
def test_who_may_view_profiles_sees_them_and_changes_none(role: str, owner: Client, database: Database) -> None:
    caller = admins.new_admin(database, role)
    assert caller.get("/api/admin/users").status == caller.get(path(owner)).status == 200
    assert caller.post(f"{path(owner)}/disable", {"reason": REASON}).status == 403


def test_a_page_is_found_by_index(database: Database, owner: Client) -> None:
    database.run(
        "with made as (insert into users (id, email, password_hash, full_name, locale, email_verified, created_at)"
        " select gen_random_uuid(), 'crowd' || n, '', 'Crowd', 'en-IN', false, timestamptz '2020-01-01'"
        " from generate_series(1, 5000) as n returning id)"
        " insert into tenant_users select :tenant, id, 'staff', timestamptz '2020-01-01' from made",
        tenant=owner.account["tenant"]["id"],
    )
    database.run("analyze users")
    database.run("analyze tenant_users")
    page: Any = queries.users_page
    text, given = page.texts[frozenset(page.optional)], {"text": "", "limit": 21}
    with db.reading(Scope(staff=True)) as connection:
        plan = connection.execute(f"explain {text.sql}", [given.get(name, fixed) for name, fixed in text.binds]).rows
    database.run("delete from users where full_name = 'Crowd'")
    assert any("users_created_at_id_idx" in line for [line] in plan or ()), plan

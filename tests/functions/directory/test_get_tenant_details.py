"""GET /api/admin/tenants/{tenant_id}."""

from uuid import uuid4

from tests.functions.directory.people import REASON, path, tenant_path
from tests.functions.members.people import join
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("GET", tenant_path(sign_up(admin.transport)))


def test_members_are_there_owners_first(admin: Client, owner: Client) -> None:
    staff, partner = join(owner, "staff"), join(owner, "owner")
    admin.post(f"{path(staff)}/disable", {"reason": REASON})
    members = admin.get(tenant_path(owner)).json["members"]
    assert [(member["id"], member["role"], member["status"]) for member in members] == [
        (owner.account["user"]["id"], "owner", "active"),
        (partner.account["user"]["id"], "owner", "active"),
        (staff.account["user"]["id"], "staff", "disabled"),
    ]


def test_a_hundred_members_at_most(admin: Client, owner: Client, database: Database) -> None:
    tenant = owner.account["tenant"]["id"]
    database.run(
        "with made as (insert into users (id, email, password_hash, full_name, locale, email_verified, created_at)"
        " select gen_random_uuid(), 'many' || n || '@example.com', '', 'Many', 'en-IN', false, now()"
        " from generate_series(1, 120) as n returning id)"
        " insert into tenant_users select :tenant, id, 'staff', timestamptz '2020-01-01' from made",
        tenant=tenant,
    )
    found = admin.get(tenant_path(owner)).json
    assert (found["member_count"], len(found["members"]), found["members"][0]["role"]) == (121, 100, "owner")


def test_the_company_is_as_its_own_people_see_it(admin: Client, owner: Client) -> None:
    owner.patch("/api/tenant", {"address": "12 Industrial Estate\nPune", "gst_no": "27AAPFU0939F1ZV"})
    mine, found = owner.get("/api/tenant").json, admin.get(tenant_path(owner)).json
    assert mine == {name: found[name] for name in mine}


def test_one_that_does_not_exist_is_not_found(admin: Client) -> None:
    answer = admin.get(f"/api/admin/tenants/{uuid4()}")
    assert (answer.status, answer.json["type"]) == (404, "/problems/tenant-not-found")

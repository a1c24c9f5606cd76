"""GET /api/admin/users/{user_id}."""

from uuid import uuid4

from tests.functions.directory.people import path
from tests.functions.impersonation.acting import impersonate
from tests.functions.members.people import join, sign_in
from tests.support import factors
from tests.support.client import Client, Request, sign_up


def example(admin: Client) -> Request:
    return Request("GET", path(sign_up(admin.transport)))


def test_it_tells_how_user_and_tenant_stand(admin: Client, owner: Client) -> None:
    staff = join(owner, "staff")
    sign_in(staff)
    found = admin.get(path(staff)).json
    assert (found["role"], found["status"], found["sessions"], found["second_factor"]) == ("staff", "active", 2, False)
    assert found["tenant"] == {
        "id": owner.account["tenant"]["id"], "name": "Sharma Packaging", "status": "active",
        "verification": "approved",
    }  # fmt: skip
    staff.post("/api/auth/logout")
    assert admin.get(path(staff)).json["sessions"] == 1


def test_our_support_in_his_name_is_not_seeing_him(admin: Client, owner: Client) -> None:
    before = admin.get(path(owner)).json
    impersonate(admin, owner).get("/api/quotes")
    after = admin.get(path(owner)).json
    assert (after["last_seen_at"], after["sessions"]) == (before["last_seen_at"], before["sessions"] + 1)
    [listed] = admin.get("/api/admin/users", q=owner.account["user"]["email"]).json["items"]
    assert listed["last_seen_at"] == before["last_seen_at"]


def test_it_tells_whether_there_is_a_second_factor(admin: Client, owner: Client) -> None:
    factors.enable(owner)
    assert admin.get(path(owner)).json["second_factor"]


def test_an_admin_is_no_user(admin: Client) -> None:
    for unknown in (admin.account["admin"]["id"], uuid4()):
        answer = admin.get(f"/api/admin/users/{unknown}")
        assert (answer.status, answer.json["type"]) == (404, "/problems/user-not-found")

"""PUT /api/admin/staff/{admin_id}/permissions."""

from tests.functions.admins.colleagues import STAFF, colleague, grant, invited, path, problem, put
from tests.support.client import Client, Request


def example(admin: Client) -> Request:
    return Request("PUT", f"{STAFF}/{colleague(admin)['id']}/permissions", {"permissions": ["view_payments"]})


def test_a_granted_permission_opens_what_the_role_does_not_and_goes_again(admin: Client) -> None:
    support = invited(admin)
    assert support.get(STAFF).status == 403
    granted = grant(admin, support, "list_staff")
    assert support.get("/api/admin/profile").status == 401, "the session of the old rights has ended"
    assert granted.get(STAFF).status == 200
    assert "list_staff" in granted.account["admin"]["permissions"]
    assert put(admin, f"{path(support)}/permissions", {"permissions": []}).json["granted"] == []
    assert granted.get(STAFF).status == 401
    assert grant(admin, support).get(STAFF).status == 403


def test_they_are_kept_once_each_and_the_same_again_ends_no_session(admin: Client) -> None:
    support = grant(admin, invited(admin), "view_payments", "list_staff")
    answer = put(admin, f"{path(support)}/permissions", {"permissions": ["list_staff", "view_payments", "list_staff"]})
    assert answer.json["granted"] == ["list_staff", "view_payments"]
    assert support.get("/api/admin/profile").status == 200


def test_nobody_grants_himself_anything(admin: Client) -> None:
    support = grant(admin, invited(admin), "configure_roles")
    answer = put(support, f"{path(support)}/permissions", {"permissions": ["configure_roles", "impersonate_users"]})
    assert problem(answer) == (403, "own-rights")


def test_what_is_no_permission_is_refused(admin: Client) -> None:
    answer = put(admin, example(admin).path, {"permissions": ["list_staff", "view_logs"]})
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "#/permissions/1")

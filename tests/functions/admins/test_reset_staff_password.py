"""POST /api/admin/staff/{admin_id}/reset-password."""

from tests.functions.admins.colleagues import STAFF, colleague, grant, invited, path, problem
from tests.support import admins, mailed
from tests.support.client import Client, Request

NEW = "another long phrase"


def example(admin: Client) -> Request:
    return Request("POST", f"{STAFF}/{colleague(admin)['id']}/reset-password")


def test_the_mailed_link_sets_a_new_password_and_ends_his_sessions(admin: Client) -> None:
    support = invited(admin)
    email = support.account["admin"]["email"]
    assert admin.post(f"{path(support)}/reset-password").status == 202
    assert support.get("/api/admin/profile").status == 200, "until he uses it all is as it was"
    given = {"token": mailed.secret(admin, "ADMIN_PASSWORD_RESET", email), "password": NEW}
    assert Client().post("/api/admin/set-password", given).status == 204
    assert support.get("/api/admin/profile").status == 401
    assert admins.log_in(support).status == 401
    assert Client().post("/api/admin/login", {"email": email, "password": NEW}).status == 200


def test_the_link_takes_the_place_of_the_invitations(admin: Client) -> None:
    made = colleague(admin)
    invitation = mailed.secret(admin, "STAFF_INVITED", made["email"])
    admin.post(f"{STAFF}/{made['id']}/reset-password")
    assert Client().post("/api/admin/set-password", {"token": invitation, "password": NEW}).status == 410


def test_who_is_disabled_gets_none(admin: Client) -> None:
    made = colleague(admin)
    admin.delete(f"{STAFF}/{made['id']}")
    assert problem(admin.post(f"{STAFF}/{made['id']}/reset-password")) == (409, "staff-disabled")


def test_a_super_admins_password_is_for_who_configures_roles(admin: Client) -> None:
    support = grant(admin, invited(admin), "reset_staff_password")
    assert problem(support.post(f"{path(admin)}/reset-password")) == (403, "roles-not-yours")
    assert support.post(f"{STAFF}/{colleague(admin)['id']}/reset-password").status == 202

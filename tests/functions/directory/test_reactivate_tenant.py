"""POST /api/admin/tenants/{tenant_id}/reactivate."""

from tests.functions.directory.people import REASON, mails, sign_in, tenant_path
from tests.functions.members.people import join, make_key
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database


def example(admin: Client) -> Request:
    owner = sign_up(admin.transport)
    admin.post(f"{tenant_path(owner)}/suspend", {"reason": REASON})
    return Request("POST", f"{tenant_path(owner)}/reactivate")


def test_signing_in_and_keys_work_again_and_sessions_of_before_do_not(
    admin: Client, owner: Client, database: Database
) -> None:
    staff, key = join(owner, "staff"), make_key(owner, "quotes:read")
    admin.post(f"{tenant_path(owner)}/suspend", {"reason": REASON})
    answer = admin.post(f"{tenant_path(owner)}/reactivate")
    assert (answer.status, answer.json["status"], answer.json["suspension_reason"]) == (200, "active", None)
    assert admin.get(tenant_path(owner)).json == answer.json
    assert key.get("/api/quotes").status == sign_in(staff.account["user"]["email"]).status == 200
    assert owner.get("/api/auth/user").status == 401
    sent = mails(database, "TENANT_REACTIVATED", owner.account["tenant"]["id"])
    assert [to for to, _ in sent] == [owner.account["user"]["email"]]


def test_one_that_is_not_suspended_is_not_reactivated(admin: Client, owner: Client) -> None:
    answer = admin.post(f"{tenant_path(owner)}/reactivate")
    assert (answer.status, answer.json["type"]) == (409, "/problems/tenant-not-suspended")

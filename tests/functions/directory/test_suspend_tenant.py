"""POST /api/admin/tenants/{tenant_id}/suspend."""

from uuid import UUID

from shared.domains.directory.service import tenants
from tests.functions.directory.people import REASON, mails, meanwhile, sign_in, tenant_path
from tests.functions.members.people import invite, join, make_key, verified
from tests.support import factors
from tests.support.client import PASSWORD, Answer, Client, Request, sign_up
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("POST", f"{tenant_path(sign_up(admin.transport))}/suspend", {"reason": REASON})


def suspend(admin: Client, member: Client) -> Answer:
    return admin.post(f"{tenant_path(member)}/suspend", {"reason": REASON})


def test_everybody_of_it_is_out_at_once_and_nobody_else(admin: Client, owner: Client) -> None:
    colleague, stranger = join(owner, "admin"), sign_up()
    keys = make_key(owner, "quotes:read"), make_key(colleague, "quotes:read")
    answer = suspend(admin, owner)
    assert (answer.status, answer.json["status"], answer.json["suspension_reason"]) == (200, "suspended", REASON)
    assert admin.get(tenant_path(owner)).json == answer.json
    for member in (owner, colleague):
        assert member.get("/api/auth/user").status == 401
        assert Client().post("/api/auth/refresh", {"refresh_token": member.account["refresh_token"]}).status == 401
    for key in keys:
        refused = key.get("/api/quotes")
        assert (refused.status, "may not call now" in refused.json["detail"]) == (401, True)
    assert stranger.get("/api/auth/user").status == 200


def test_the_right_password_is_told_the_reason_and_the_wrong_one_learns_nothing(admin: Client, owner: Client) -> None:
    suspend(admin, owner)
    email = owner.account["user"]["email"]
    refused = sign_in(email)
    assert (refused.status, refused.json["type"], refused.json["reason"]) == (
        403, "/problems/tenant-suspended", REASON,
    )  # fmt: skip
    assert sign_in(email, "not this one").json["type"] == "/problems/wrong-credentials"


def test_completing_a_sign_in_is_refused_too(admin: Client, owner: Client) -> None:
    app = factors.enable(owner)
    given = {"email": owner.account["user"]["email"], "password": PASSWORD}
    challenge = Client().post("/api/auth/signin", given).json["challenge_token"]
    suspend(admin, owner)
    answer = Client().post("/api/v1/2fa/verify", {"challenge_token": challenge, "code": app.code()})
    assert (answer.status, answer.json["type"]) == (403, "/problems/tenant-suspended")


def test_nobody_joins_it_by_an_invite_of_before(admin: Client, owner: Client) -> None:
    newcomer = verified(sign_up())
    token = invite(owner, newcomer.account["user"]["email"])
    suspend(admin, owner)
    assert newcomer.post("/api/auth/accept-invite", {"token": token}).status == 410
    assert newcomer.get("/api/auth/user").status == 200


def test_owners_alone_get_a_mail_with_the_reason_once(admin: Client, owner: Client, database: Database) -> None:
    partner = join(owner, "owner")
    join(owner, "admin")
    assert suspend(admin, owner).status == 200
    again = suspend(admin, owner)
    assert (again.status, again.json["type"]) == (409, "/problems/tenant-already-suspended")
    sent = mails(database, "TENANT_SUSPENDED", owner.account["tenant"]["id"])
    assert {to for to, _ in sent} == {client.account["user"]["email"] for client in (owner, partner)}
    values = {"full_name": "Asha Sharma", "company_name": "Sharma Packaging", "reason": REASON}
    assert [said for _, said in sent] == [values] * 2


def sign_in_meanwhile(admin: Client, owner: Client, database: Database) -> tuple[int, object]:
    """It has read that it may, and the tenant is suspended before the session opens: its status, the open sessions."""
    tenant_id, email = UUID(owner.account["tenant"]["id"]), owner.account["user"]["email"]
    status = meanwhile(
        admin,
        lambda call: tenants.suspend_tenant(call, tenant_id, REASON),
        lambda: sign_in(email).status,
        database,
    )
    return status, admin.get(f"/api/admin/users/{owner.account['user']['id']}").json["sessions"]


def test_a_sign_in_that_races_the_suspension_opens_nothing(admin: Client, owner: Client, database: Database) -> None:
    assert sign_in_meanwhile(admin, owner, database) == (401, 0)


def test_without_the_lock_that_race_is_lost(admin: Client, owner: Client, database: Database) -> None:
    """The planted read-check-write: the test above can fail."""
    database.run("alter table user_sessions disable trigger refuse_of_closed")
    try:
        assert sign_in_meanwhile(admin, owner, database) == (200, 1)
    finally:
        database.run("alter table user_sessions enable trigger refuse_of_closed")

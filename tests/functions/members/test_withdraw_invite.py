"""DELETE /api/tenant/invites/{invite_id}."""

from tests.functions.members.people import invite, verified
from tests.support.client import Client, Request, new_email, sign_up


def example(owner: Client) -> Request:
    made = owner.post("/api/tenant/invites", {"email": new_email(), "role": "staff"}).json
    return Request("DELETE", f"/api/tenant/invites/{made['id']}")


def test_its_link_no_longer_works(owner: Client) -> None:
    newcomer = verified(sign_up())
    token = invite(owner, newcomer.account["user"]["email"])
    [made] = owner.get("/api/tenant/invites").json["items"]
    assert owner.delete(f"/api/tenant/invites/{made['id']}").status == 204
    assert newcomer.post("/api/auth/accept-invite", {"token": token}).status == 410
    assert owner.delete(f"/api/tenant/invites/{made['id']}").status == 404

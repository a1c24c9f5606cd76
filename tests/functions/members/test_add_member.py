"""POST /api/tenant/members."""

from tests.support import mailed
from tests.support.client import Client, Request, new_email, sign_up


def example(owner: Client) -> Request:
    return Request("POST", "/api/tenant/members", {"email": new_email(), "role": "staff"})


def test_nobody_is_a_member_before_he_accepts(owner: Client) -> None:
    known = sign_up()
    email = known.account["user"]["email"]
    answer = owner.post("/api/tenant/members", {"email": email, "role": "staff"})
    assert answer.status == 201
    assert len(owner.get("/api/tenant/members").json["items"]) == 1
    assert known.get("/api/auth/user").json["tenant"] == known.account["tenant"]
    assert owner.get("/api/tenant/invites").json["items"] == [answer.json]
    assert mailed.secret(owner, "MEMBER_INVITED", email)

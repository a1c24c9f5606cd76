"""Trial invites for the tests."""

from tests.support import mailed
from tests.support.client import PASSWORD, Answer, Client

PATH = "/api/admin/trial-invites"


def invite(admin: Client, email: str, **more: object) -> str:
    """The token of the mailed link."""
    answer = admin.post(PATH, {"email": email, **more})
    assert answer.status == 201, answer.body
    return mailed.secret(admin, "TRIAL_INVITED", email)


def sign_up_by(token: str, email: str) -> Answer:
    given = {"email": email, "password": PASSWORD, "full_name": "Asha Sharma", "company_name": "Sharma Packaging"}
    return Client().post("/api/auth/signup", given | {"invite_token": token})

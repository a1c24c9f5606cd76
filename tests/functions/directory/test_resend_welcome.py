"""POST /api/admin/users/{user_id}/resend-welcome."""

from tests.functions.directory.people import choose_password
from tests.support import mailed
from tests.support.client import Client, Request, new_email


def make(admin: Client) -> dict[str, str]:
    answer = admin.post("/api/admin/users", {"email": new_email(), "full_name": "Meena Joshi"})
    made: dict[str, str] = answer.json
    return made


def example(admin: Client) -> Request:
    return Request("POST", f"/api/admin/users/{make(admin)['id']}/resend-welcome")


def test_the_new_link_takes_the_place_of_the_older_one(admin: Client) -> None:
    made = make(admin)
    older = mailed.secret(admin, "USER_INVITED", made["email"])
    assert admin.post(f"/api/admin/users/{made['id']}/resend-welcome").status == 204
    newer = mailed.secret(admin, "USER_INVITED", made["email"])
    assert [choose_password(older), choose_password(newer)] == [410, 204]


def test_who_has_confirmed_the_address_needs_none(admin: Client) -> None:
    made = make(admin)
    choose_password(mailed.secret(admin, "USER_INVITED", made["email"]))
    answer = admin.post(f"/api/admin/users/{made['id']}/resend-welcome")
    assert (answer.status, answer.json["type"]) == (409, "/problems/already-welcomed")

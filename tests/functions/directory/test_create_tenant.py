"""POST /api/admin/tenants."""

from tests.functions.directory.people import NEW, choose_password, sign_in
from tests.support import mailed
from tests.support.client import Client, Request, new_email

ROUND_TRIPS = 3  # as for create_user


def example(admin: Client) -> Request:
    owner = {"email": new_email(), "full_name": "Meena Joshi"}
    return Request("POST", "/api/admin/tenants", {"company_name": "Joshi Traders", "owner": owner})


def test_its_owner_chooses_a_password_and_finds_it_set_up(admin: Client) -> None:
    request = example(admin)
    made = admin.post(request.path, request.json | {"time_zone": "Asia/Dubai", "currency": "AED"}).json
    assert (made["name"], made["time_zone"], made["currency"]) == ("Joshi Traders", "Asia/Dubai", "AED")
    [owner] = made["members"]
    assert (owner["role"], owner["email"]) == ("owner", request.json["owner"]["email"])
    assert choose_password(mailed.secret(admin, "USER_INVITED", owner["email"])) == 204
    again = Client(token=sign_in(owner["email"], NEW).json["access_token"])
    assert again.get("/api/tenant").json["name"] == "Joshi Traders"
    assert again.get("/api/pricing/paper-bf-prices").json["items"] != []


def test_an_owner_whose_address_is_known_is_refused(admin: Client, owner: Client) -> None:
    given = {"email": owner.account["user"]["email"], "full_name": "Asha"}
    answer = admin.post("/api/admin/tenants", {"company_name": "Joshi Traders", "owner": given})
    assert (answer.status, answer.json["type"]) == (409, "/problems/email-taken")

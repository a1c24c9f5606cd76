"""GET /api/auth/sessions."""

import pytest

from shared.core.devices import device
from tests.functions.impersonation.acting import impersonate
from tests.support.client import PASSWORD, Client, Request, sign_up
from tests.support.database import Database
from tests.support.examples import member

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
)


def example(owner: Client) -> Request:
    return Request("GET", "/api/auth/sessions")


def sign_in(owner: Client, **headers: str) -> Client:
    """Another session of the same user."""
    given = {"email": owner.account["user"]["email"], "password": PASSWORD}
    answer = Client(owner.transport).post("/api/auth/signin", given, **headers)
    return Client(owner.transport, answer.json["access_token"], answer.json)


def test_it_says_from_where_on_what_and_which_is_this_one(owner: Client) -> None:
    sign_in(owner, user_agent=CHROME, x_test_ip="203.0.113.7")
    newer, mine = owner.send(example(owner)).json["items"]
    assert (newer["device"], newer["address"], newer["current"]) == ("Chrome on Windows", "203.0.113.7", False)
    assert (mine["device"], mine["address"], mine["current"]) == ("unknown", "127.0.0.1", True)
    assert newer.keys() == {
        "id", "device", "address", "created_at", "last_seen_at", "current", "user_id", "impersonated_by",
    }  # fmt: skip
    assert (newer["user_id"], newer["impersonated_by"]) == (owner.account["user"]["id"], None)
    assert newer["created_at"] >= mine["created_at"]


def test_what_has_ended_and_what_is_anothers_is_not_in_it(owner: Client) -> None:
    sign_up()
    sign_in(owner).post("/api/auth/logout")
    [only] = owner.send(example(owner)).json["items"]
    assert only["current"] is True


def test_owners_and_the_user_see_who_of_our_support_acts_in_his_name(
    owner: Client, admin: Client, database: Database
) -> None:
    staff, colleague = member(owner, "staff", database), member(owner, "admin", database)
    acting = impersonate(admin, staff)
    for caller in (owner, staff):
        of_support, own = caller.send(example(caller)).json["items"]
        assert of_support["id"] == acting.account["impersonation_id"]
        assert of_support["impersonated_by"] == "BoxCostPro support (Nikhil Rao)"
        assert of_support["user_id"] == staff.account["user"]["id"]
        assert (own["impersonated_by"], own["current"]) == (None, True)
    for caller in (colleague, sign_up()):
        assert [session["current"] for session in caller.send(example(caller)).json["items"]] == [True]
    assert acting.send(example(acting)).json["items"][0]["current"], "whom it acts for is told as much"


def test_pages_follow_each_other(owner: Client) -> None:
    for _ in range(4):
        sign_in(owner)
    every = [session["id"] for session in owner.get("/api/auth/sessions").json["items"]]
    first = owner.get("/api/auth/sessions", limit=3).json
    second = owner.get("/api/auth/sessions", limit=3, cursor=first["next_cursor"]).json
    assert [session["id"] for session in first["items"] + second["items"]] == every
    assert len(every) == 5
    assert second["next_cursor"] is None


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (CHROME, "Chrome on Windows"),
        (f"{CHROME} Edg/130.0.0.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            " Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko)"
            " SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", "unknown"),
    ],
)
def test_a_device_has_the_name_that_people_give_it(user_agent: str, name: str) -> None:
    assert device(user_agent) == name

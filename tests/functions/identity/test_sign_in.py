"""POST /api/auth/signin."""

from tests.support.client import PASSWORD, Client, Request, new_email
from tests.support.database import Database


def example(owner: Client) -> Request:
    return Request("POST", "/api/auth/signin", {"email": owner.account["user"]["email"], "password": PASSWORD})


def attempt(email: str, password: str = "wrong password", ip: str = "203.0.113.7") -> int:
    return Client().post("/api/auth/signin", {"email": email, "password": password}, x_test_ip=ip).status


def test_the_right_password_gives_what_sign_up_gave(owner: Client) -> None:
    answer = Client().send(example(owner))
    assert answer.status == 200
    assert {"user", "tenant"} < answer.json.keys()
    assert answer.json["user"] == owner.account["user"]
    assert answer.json.keys() == owner.account.keys()


def test_the_address_counts_in_any_case(owner: Client) -> None:
    assert attempt(owner.account["user"]["email"].upper(), PASSWORD) == 200


def test_unknown_user_and_wrong_password_answer_alike(owner: Client) -> None:
    known = Client().post("/api/auth/signin", {"email": owner.account["user"]["email"], "password": "not this one"})
    unknown = Client().post("/api/auth/signin", {"email": new_email(), "password": "not this one"})
    assert known.status == unknown.status == 401
    assert known.json | {"instance": ""} == unknown.json | {"instance": ""}


def test_five_failures_lock_the_address_for_this_client(owner: Client) -> None:
    email = owner.account["user"]["email"]
    assert [attempt(email) for _ in range(5)] == [401] * 5
    refused = Client().post("/api/auth/signin", {"email": email, "password": PASSWORD}, x_test_ip="203.0.113.7")
    assert refused.status == 423
    assert 1790 <= int(refused.headers["retry-after"]) <= 1800
    assert refused.json["type"] == "/problems/signin-locked"
    assert attempt(email, PASSWORD, ip="203.0.113.8") == 200, "another client is not locked out"


def test_addresses_that_do_not_exist_are_counted_alike(nobody: Client) -> None:
    email = new_email()
    assert [attempt(email) for _ in range(6)] == [401] * 5 + [423]


def test_success_starts_the_count_again(owner: Client) -> None:
    email = owner.account["user"]["email"]
    assert [attempt(email) for _ in range(4)] == [401] * 4
    assert attempt(email, PASSWORD) == 200
    assert [attempt(email) for _ in range(5)] == [401] * 5


def test_an_ipv6_client_is_its_64(owner: Client) -> None:
    email = owner.account["user"]["email"]
    assert [attempt(email, ip=f"2001:db8:1:2::{n:x}") for n in range(5)] == [401] * 5
    assert attempt(email, PASSWORD, ip="2001:db8:1:2:ffff::1") == 423
    assert attempt(email, PASSWORD, ip="2001:db8:1:3::1") == 200


def test_the_lock_ends_after_thirty_minutes(owner: Client, database: Database) -> None:
    email = owner.account["user"]["email"]
    for _ in range(6):
        attempt(email)
    database.run("update signin_failures set until = until - interval '31 minutes'")
    assert attempt(email, PASSWORD) == 200

"""POST /api/auth/forgot-password."""

import statistics
import time

from tests.functions.identity.test_reset_password import reset
from tests.support import mailed
from tests.support.client import Answer, Client, Request, new_email
from tests.support.database import Database


def example(owner: Client) -> Request:
    return Request("POST", "/api/auth/forgot-password", {"email": owner.account["user"]["email"]})


def forget(email: str) -> Answer:
    return Client().post("/api/auth/forgot-password", {"email": email})


def test_the_answer_does_not_tell_whether_the_address_exists(owner: Client) -> None:
    known, unknown = forget(owner.account["user"]["email"]), forget(new_email())
    assert known == unknown
    assert (known.status, known.body) == (202, b"")


def test_nor_does_the_work(owner: Client, database: Database) -> None:
    """As many round trips, and medians of the time that do not differ by more than noise does."""

    def cost(email: str) -> tuple[int, float]:
        before, begun = database.proxy.round_trips, time.perf_counter()
        forget(email)
        return database.proxy.round_trips - before, time.perf_counter() - begun

    forget(new_email())
    unknown, known = [], []
    for _ in range(15):
        unknown.append(cost(new_email()))
        known.append(cost(owner.account["user"]["email"]))
    assert {trips for trips, _ in known} == {trips for trips, _ in unknown} == {2}
    ratio = statistics.median(seconds for _, seconds in known) / statistics.median(seconds for _, seconds in unknown)
    assert 0.4 < ratio < 2.5


def test_a_mail_goes_to_the_address_and_nowhere_else(owner: Client, database: Database) -> None:
    stranger = new_email()
    forget(stranger)
    forget(owner.account["user"]["email"].upper())
    found = "select count(*) from outbox where event->>'template' = 'PASSWORD_RESET' and event->>'to' = :to"
    assert database.run(found, to=stranger) == [[0]]
    assert database.run(found, to=owner.account["user"]["email"]) == [[1]]


def test_a_new_link_takes_the_place_of_the_older_one(owner: Client) -> None:
    forget(owner.account["user"]["email"])
    older = mailed.secret(owner, "PASSWORD_RESET")
    forget(owner.account["user"]["email"])
    newer = mailed.secret(owner, "PASSWORD_RESET")
    assert [reset(older), reset(newer)] == [410, 204]


def test_asking_changes_nothing_for_who_is_signed_in(owner: Client) -> None:
    forget(owner.account["user"]["email"])
    assert owner.get("/api/auth/user").status == 200


def test_both_are_logged_alike(owner: Client, database: Database) -> None:
    count = "select count(*) from auth_audit_logs where event = 'password_forgotten'"
    [[before]] = database.run(count)
    forget(new_email())
    forget(owner.account["user"]["email"])
    assert database.run(count) == [[int(str(before)) + 2]]

"""POST /api/auth/forgot-password."""

import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from shared.core import clock, db
from shared.core.call import Actor, Call
from shared.domains.identity.service import password_changes
from tests.functions.identity.test_reset_password import a_minute_later, reset
from tests.support import clocks, mailed
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

    def cost(email: str, *, soon: bool = False) -> tuple[int, float]:
        a_minute_later(owner)  # before each, so that all find the machine in the same state
        if soon:
            forget(email)
        before, begun = database.proxy.round_trips, time.perf_counter()
        forget(email)
        return database.proxy.round_trips - before, time.perf_counter() - begun

    email = owner.account["user"]["email"]
    forget(new_email())
    unknown, mailed_to, too_soon = [], [], []
    for _ in range(15):
        unknown.append(cost(new_email()))
        mailed_to.append(cost(email))
        too_soon.append(cost(email, soon=True))
    assert {trips for trips, _ in unknown + mailed_to + too_soon} == {2}
    usual = statistics.median(seconds for _, seconds in unknown)
    for costs in (mailed_to, too_soon):
        assert 0.4 < statistics.median(seconds for _, seconds in costs) / usual < 2.5


def links(owner: Client, database: Database) -> object:
    """How many mails with a link were asked for."""
    found = "select count(*) from outbox where event->>'template' = 'PASSWORD_RESET' and event->>'to' = :to"
    [[count]] = database.run(found, to=owner.account["user"]["email"])
    return count


def test_at_most_one_mail_a_minute_and_its_link_holds(
    owner: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    email, asked = owner.account["user"]["email"], clocks.stop(monkeypatch)
    first = forget(email)
    token = mailed.secret(owner, "PASSWORD_RESET")
    for passed in (0, 1, 59):
        clocks.stop(monkeypatch, asked + timedelta(seconds=passed))
        assert forget(email) == first, "the answer tells nothing"
    assert links(owner, database) == 1
    assert reset(token) == 204
    clocks.stop(monkeypatch, asked + timedelta(seconds=60))
    forget(email)
    assert links(owner, database) == 2
    assert reset(mailed.secret(owner, "PASSWORD_RESET")) == 204


def test_of_eight_at_once_one_is_mailed(owner: Client, database: Database) -> None:
    together = threading.Barrier(8, timeout=60)

    def ask(_: int) -> None:
        call = Call(Actor(), clock.now())
        together.wait()
        try:
            with db.transaction(db.Scope(staff=True)) as call.connection:
                password_changes.forget(call, owner.account["user"]["email"])
        finally:
            db.hang_up()

    with ThreadPoolExecutor(8) as callers:
        list(callers.map(ask, range(8)))
    assert links(owner, database) == 1


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
    a_minute_later(owner)
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
    for _ in range(2):
        forget(owner.account["user"]["email"])
    assert database.run(count) == [[int(str(before)) + 3]]
    assert database.run(f"{count} and user_id = :id", id=owner.account["user"]["id"]) == [[2]]

"""functions/onboarding/job_remind_onboarding.py."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.core import db
from shared.domains.onboarding.service import reminders
from tests.functions.onboarding.companies import mails, submitted
from tests.support import lambdas
from tests.support.client import Client, sign_up
from tests.support.database import Database


def remind() -> int:
    done: int = lambdas.spec("onboarding", "job_remind_onboarding").handle({}, lambdas.Context())["done"]
    return done


def times_reminded(database: Database, owner: Client) -> int:
    return len(mails(database, "ONBOARDING_REMINDER", to=owner.account["user"]["email"]))


def older(database: Database, owner: Client, hours: int) -> Client:
    """As if he had signed up, and been reminded, so much earlier."""
    database.run(
        f"update tenants set created_at = created_at - interval '{hours} hours',"
        f" reminded_at = reminded_at - interval '{hours} hours' where id = :id",
        id=owner.account["tenant"]["id"],
    )
    return owner


def test_it_reminds_once_a_day_from_the_second_on(by_hand: None, database: Database) -> None:
    owner = older(database, sign_up(), 23)
    remind()
    assert times_reminded(database, owner) == 0
    older(database, owner, 1)
    for _ in range(2):
        remind()
        assert times_reminded(database, owner) == 1
    older(database, owner, 24)
    remind()
    assert times_reminded(database, owner) == 2


def test_it_leaves_those_alone_who_are_further_or_gone(by_hand: None, database: Database) -> None:
    waiting, closed = submitted(sign_up()), sign_up()
    assert closed.delete("/api/tenant").status == 204
    for owner in (waiting, closed):
        older(database, owner, 48)
    remind()
    assert [times_reminded(database, owner) for owner in (waiting, closed)] == [0, 0]


def test_it_does_nothing_while_companies_are_approved_at_once(owner: Client, database: Database) -> None:
    database.run("update tenants set verification = 'not_submitted' where id = :id", id=owner.account["tenant"]["id"])
    older(database, owner, 48)
    assert remind() == 0


def test_two_at_once_and_slices_remind_everybody_once(
    by_hand: None, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "SLICE", 2)
    owners = [older(database, sign_up(), 48) for _ in range(7)]
    together = threading.Barrier(2, timeout=60)

    def run(_: int) -> int:
        together.wait()
        try:
            return remind()
        finally:
            db.hang_up()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(run, range(2))) >= len(owners)
    assert remind() == 0
    assert [times_reminded(database, owner) for owner in owners] == [1] * len(owners)

"""functions/platform/job_prune_expired.py."""

from tests.support import lambdas
from tests.support.client import Client
from tests.support.database import Database


def prune() -> int:
    done: int = lambdas.spec("platform", "job_prune_expired").handle({}, lambdas.Context())["done"]
    return done


def test_keys_of_yesterday_go_and_those_of_today_stay(owner: Client, database: Database) -> None:
    for key in ("old", "new"):
        assert owner.patch("/api/user-profile", {"locale": "hi"}, idempotency_key=key).status == 200
    database.run("update idempotency_keys set created_at = created_at - interval '25 hours' where key = 'old'")
    prune()
    user = owner.account["user"]["id"]
    assert database.run("select key from idempotency_keys where user_id = :user", user=user) == [["new"]]


def test_unsent_events_stay_whatever_their_age(owner: Client, database: Database) -> None:
    email = owner.account["user"]["email"]
    database.run("update outbox set created_at = created_at - interval '1 year' where event->>'to' = :to", to=email)
    prune()
    found = "select count(*) from outbox where event->>'to' = :to"
    assert database.run(found, to=email) == [[1]]
    database.run("update outbox set sent_at = created_at where event->>'to' = :to", to=email)
    assert prune() >= 1
    assert database.run(found, to=email) == [[0]]

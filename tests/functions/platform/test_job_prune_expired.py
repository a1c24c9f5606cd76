"""functions/platform/job_prune_expired.py."""

from datetime import timedelta

from shared.core import clock, db, queries
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


def test_much_goes_in_slices(database: Database) -> None:
    """One transaction for all of it would hold every row until the last one is gone."""
    database.run(
        "insert into idempotency_keys select gen_random_uuid(), gen_random_uuid(), 'POST /', 'many', '',"
        " now() - interval '25 hours' from generate_series(1, 2 * :slice + 1)",
        slice=queries.SLICE,
    )
    with db.transaction(db.Scope(staff=True)) as connection:
        assert queries.prune_keys(connection, before=clock.now() - timedelta(hours=24)) == queries.SLICE
    prune()
    assert database.run("select count(*) from idempotency_keys where key = 'many'") == [[0]]

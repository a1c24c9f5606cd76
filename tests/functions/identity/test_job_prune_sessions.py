"""functions/identity/job_prune_sessions.py."""

from tests.support import lambdas
from tests.support.client import Client, sign_up
from tests.support.database import Database


def prune() -> int:
    done: int = lambdas.spec("identity", "job_prune_sessions").handle({}, lambdas.Context())["done"]
    return done


def test_ended_sessions_go_with_their_tokens_and_live_ones_stay(owner: Client, database: Database) -> None:
    other = sign_up()
    user = owner.account["user"]["id"]
    database.run("update user_sessions set revoked_at = created_at - interval '2 days' where user_id = :id", id=user)
    assert prune() >= 1
    sessions = "select count(*) from user_sessions where user_id = :id"
    assert database.run(sessions, id=user) == [[0]]
    assert database.run(sessions, id=other.account["user"]["id"]) == [[1]]
    orphans = "select count(*) from refresh_tokens where session_id not in (select id from user_sessions)"
    assert database.run(orphans) == [[0]]
    assert prune() == 0


def test_lapsed_counters_go(nobody: Client, database: Database) -> None:
    nobody.post("/api/auth/signin", {"email": "gone@example.com", "password": "whatever it is"})
    database.run("update signin_failures set until = until - interval '1 hour'")
    prune()
    assert database.run("select count(*) from signin_failures") == [[0]]


def test_links_that_are_too_old_go(owner: Client, database: Database) -> None:
    links = "select count(*) from email_tokens where user_id = :id"
    prune()
    assert database.run(links, id=owner.account["user"]["id"]) == [[1]]
    database.run("update email_tokens set expires_at = expires_at - interval '25 hours'")
    prune()
    assert database.run(links, id=owner.account["user"]["id"]) == [[0]]

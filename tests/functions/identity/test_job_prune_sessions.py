"""functions/identity/job_prune_sessions.py."""

from datetime import UTC, datetime
from typing import Any

from shared.core import db
from shared.core.db import Scope
from shared.domains.identity.queries import sessions
from shared.domains.identity.service import pruning
from tests.support import lambdas
from tests.support.client import Client, sign_up
from tests.support.database import Database, superuser


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


def test_they_go_in_slices_found_by_index_and_one_that_is_just_changed_waits(owner: Client, database: Database) -> None:
    prune()
    user = owner.account["user"]["id"]
    database.run(
        "insert into user_sessions (id, tenant_id, user_id, user_agent, client_ip, created_at, expires_at,"
        " last_seen_at, revoked_at) select gen_random_uuid(), tenant_id, user_id, 'crowd', '', created_at, expires_at,"
        " last_seen_at, case when n <= 3 then created_at - interval '2 days' end"
        " from user_sessions, generate_series(1, 5000) as n where user_id = :id",
        id=user,
    )
    database.run("analyze user_sessions")
    before = datetime.now(UTC) - pruning.SESSIONS_KEPT
    query: Any = sessions.prune_sessions
    text, given = query.texts[frozenset()], {"before": before, "limit": pruning.SLICE}
    with superuser(database.url) as other, db.transaction(Scope(staff=True)) as connection:
        plan = connection.execute(f"explain {text.sql}", [given.get(name, fixed) for name, fixed in text.binds]).rows
        other.run("begin")
        other.run("select from user_sessions where revoked_at < now() and user_id = :id limit 1 for update", id=user)
        assert sessions.prune_sessions(connection, before=before, limit=1) == 1
        assert sessions.prune_sessions(connection, before=before, limit=9) == 1
        other.run("rollback")
    lines = "\n".join(line for [line] in plan or ())
    assert "user_sessions_ended" in lines and "Seq Scan" not in lines, lines
    assert prune() == 1
    database.run("delete from user_sessions where user_agent = 'crowd'")


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

"""functions/admins/job_prune_admin_sessions.py."""

from datetime import UTC, datetime
from typing import Any

import pytest

from shared.core import db
from shared.core.db import Scope
from shared.domains.admins.queries import sessions
from shared.domains.admins.service import pruning
from tests.support import admins, lambdas
from tests.support.client import Client
from tests.support.database import Database


def prune() -> int:
    done: int = lambdas.spec("admins", "job_prune_admin_sessions").handle({}, lambdas.Context())["done"]
    return done


@pytest.fixture(autouse=True)
def pruned(database: Database) -> None:
    """What other tests left: some log admins in under a clock of long ago."""
    prune()


def age(admin: Client, days: int, database: Database) -> None:
    """As if the admin had logged in so many days earlier."""
    database.run(
        "update admin_sessions set created_at = created_at - days, last_seen_at = last_seen_at - days,"
        " expires_at = expires_at - days from make_interval(days => :days) as days"
        " where admin_id = (select id from admins where email = :email)",
        days=days, email=admin.account["admin"]["email"],
    )  # fmt: skip


def count(admin: Client, database: Database) -> list[list[object]]:
    """Of sessions and refresh tokens."""
    return database.run(
        "select count(distinct admin_sessions.id), count(admin_refresh_tokens.digest)"
        " from admins left join admin_sessions on admin_sessions.admin_id = admins.id"
        " left join admin_refresh_tokens on session_id = admin_sessions.id where email = :email",
        email=admin.account["admin"]["email"],
    )


def test_sessions_that_ended_90_days_ago_go_with_their_tokens(admin: Client, database: Database) -> None:
    former, recent = admins.new_admin(database), admins.new_admin(database)
    age(former, 91, database)
    age(recent, 89, database)
    assert prune() == 1
    assert count(former, database) == [[0, 0]]
    assert count(recent, database) == count(admin, database) == [[1, 1]]
    assert prune() == 0


def test_one_that_was_ended_counts_from_then_on(admin: Client, database: Database) -> None:
    admin.post("/api/admin/logout")
    age(admin, 91, database)
    assert prune() == 0, "though it would long be over, it was ended just now"
    assert count(admin, database) == [[1, 1]]


def test_they_go_in_slices_found_by_index_first_who_ended_first(admin: Client, database: Database) -> None:
    for _ in range(2):
        admins.logged_in(admin)
    age(admin, 91, database)
    database.run(
        "insert into admin_sessions select gen_random_uuid(), admin_id, 'crowd', '', created_at + later,"
        " expires_at + later, last_seen_at + later, null, false, null from admin_sessions, generate_series(1, 5000) n,"
        " make_interval(mins => 1, secs => n) as later"
        " where id = (select id from admin_sessions order by expires_at limit 1)"
    )
    database.run("analyze admin_sessions")
    before = datetime.now(UTC) - pruning.KEPT
    query: Any = sessions.prune_sessions
    text, given = query.texts[frozenset()], {"before": before, "limit": pruning.SLICE}
    with db.transaction(Scope(staff=True)) as connection:
        plan = connection.execute(f"explain {text.sql}", [given.get(name, fixed) for name, fixed in text.binds]).rows
        assert sessions.prune_sessions(connection, before=before, limit=2) == 2
    database.run("delete from admin_sessions where user_agent = 'crowd'")
    lines = "\n".join(line for [line] in plan or ())
    assert "admin_sessions_ended" in lines and "Seq Scan" not in lines, lines
    assert prune() == 1

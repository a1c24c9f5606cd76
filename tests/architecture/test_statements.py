"""Statements live in queries and migrations, and never read the clock of the database."""

import re
from pathlib import Path

import pytest

from tests.support.database import Database
from tests.support.product_queries import Written, written

ROOT = Path(__file__).resolve().parents[2]
CLOCK = re.compile(
    r"\b(now|current_timestamp|current_date|current_time|localtime|localtimestamp|clock_timestamp|statement_timestamp"
    r"|transaction_timestamp|timeofday)\b(?!\s*:)",
    re.IGNORECASE,
)
RANDOM = re.compile(r"\b(random|gen_random_uuid|uuidv4|uuidv7|uuid_generate_v4|nextval)\s*\(", re.IGNORECASE)


@pytest.mark.parametrize("found", written(), ids=lambda found: found.name)
def test_a_query_takes_the_time_and_ids_as_values(found: Written) -> None:
    for text in found.texts.values():
        assert not CLOCK.search(text.sql), text.sql
        assert not RANDOM.search(text.sql), text.sql


def test_no_function_default_or_policy_of_the_schema_reads_the_clock(database: Database) -> None:
    sources = database.run("""
        select prosrc from pg_proc where pronamespace = 'public'::regnamespace
        union all select pg_get_expr(adbin, adrelid) from pg_attrdef
        union all select qual from pg_policies union all select with_check from pg_policies
        union all select pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
    """)
    assert sources
    for [source] in sources:
        assert not CLOCK.search(str(source)), source


def test_columns_have_no_defaults(database: Database) -> None:
    """A value comes from the caller, who knows the time and makes the ids."""
    found = database.run(
        "select attrelid::regclass::text, attname from pg_attribute join pg_class on pg_class.oid = attrelid"
        " where atthasdef and attgenerated = '' and relnamespace = 'public'::regnamespace"
    )
    assert found == []


def test_the_migrations_do_not_read_the_clock() -> None:
    for path in (ROOT / "shared/migrations/versions").glob("*.py"):
        assert not CLOCK.search(path.read_text("utf-8")), path.name


def test_nobody_but_the_core_executes_text() -> None:
    """Others call typed queries; an empty statement looks at the session, or charges a guess."""
    found = {
        str(path.relative_to(ROOT))
        for folder in ("functions", "shared")
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts and re.search(r"\.(execute|defer|execute_simple)\(", path.read_text("utf-8"))
    }
    assert found == {
        "shared/core/guesses.py",
        "shared/core/postgres.py",
        "shared/core/query.py",
        "shared/entry/http.py",
    }


def test_nobody_but_the_core_opens_transactions() -> None:
    """A domain works in the transaction it is given; but for a job that calls out between two of its own."""
    found = {
        str(path.relative_to(ROOT))
        for folder in ("functions", "shared")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"db\.(transaction|reading)\(", path.read_text("utf-8"))
    }
    assert found == {
        "functions/authorizer/verify_token.py",
        "shared/core/guesses.py",
        "shared/core/idempotency.py",
        "shared/core/outbox.py",
        "shared/domains/support/service/attachments.py",
        "shared/entry/http.py",
        "shared/entry/job.py",
        "shared/entry/task.py",
        "shared/entry/queue.py",
    }

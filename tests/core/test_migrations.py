"""Migrations: up, down and up again, with rows there, and two deployments at once."""

import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.script import ScriptDirectory

from shared.core import db
from tests.support import client
from tests.support.database import PASSWORD, Database, app_url, superuser
from tools import migrate as tool
from tools.migrate import migrate, rollback, set_app_password

VERSIONS = sorted((Path(__file__).resolve().parents[2] / "shared/migrations/versions").glob("*.py"))


class Empty(Database):
    """A database without schema, beside the others of the server."""


@pytest.fixture
def empty(database: Database) -> Iterator[Empty]:
    name = f"empty_{uuid4().hex}"
    database.run(f"create database {name}")
    made = Empty(database.url.rpartition("/")[0] + f"/{name}")
    yield made
    made.proxy.close()
    database.run(f"drop database {name} with (force)")


@pytest.fixture
def in_use(empty: Empty, monkeypatch: pytest.MonkeyPatch) -> Iterator[Empty]:
    """The functions of this process use the empty database."""
    db.hang_up()
    monkeypatch.setenv("DATABASE_URL", app_url(empty.url, empty.proxy.port))
    yield empty
    db.hang_up()


def schema(database: Database) -> dict[str, list[list[object]]]:
    """Everything that a migration makes."""
    return {
        "columns": database.run("""
            select table_name, column_name, data_type, is_nullable, numeric_precision, numeric_scale, column_default
            from information_schema.columns where table_schema = 'public' order by 1, 2
        """),
        "constraints": database.run("""
            select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
            where connamespace = 'public'::regnamespace order by 1, 2
        """),
        "indexes": database.run("select indexdef from pg_indexes where schemaname = 'public' order by 1"),
        "policies": database.run(
            "select tablename, policyname, roles::text, qual from pg_policies where schemaname = 'public' order by 1, 2"
        ),
        "functions": database.run(
            "select proname, prosrc from pg_proc where pronamespace = 'public'::regnamespace order by 1"
        ),
        "rights": database.run("""
            select grantee, table_name, privilege_type from information_schema.role_table_grants
            where table_schema = 'public' order by 1, 2, 3
        """),
    }


def test_there_is_one_line_of_migrations_numbered_without_gaps() -> None:
    scripts = ScriptDirectory.from_config(tool._config())
    revisions = [script.revision for script in reversed(list(scripts.walk_revisions()))]
    assert revisions == [f"{number + 1:04}" for number in range(len(VERSIONS))]
    assert [path.name[:4] for path in VERSIONS] == revisions


def test_down_to_nothing_and_up_again_is_the_same_schema(empty: Empty) -> None:
    migrate(empty.url)
    first = schema(empty)
    assert first["columns"]
    rollback(empty.url, "base")
    left = schema(empty)
    assert {row[0] for row in left["columns"]} == {"alembic_version"}
    assert (left["functions"], left["policies"]) == ([], [])
    migrate(empty.url)
    assert schema(empty) == first


def test_each_step_down_and_up_is_the_same_schema(empty: Empty) -> None:
    for path in VERSIONS:
        before = schema(empty)
        migrate(empty.url, path.name[:4])
        after = schema(empty)
        rollback(empty.url)
        if path != VERSIONS[0]:  # the first one leaves alembic_version behind
            assert schema(empty) == before
        migrate(empty.url, path.name[:4])
        assert schema(empty) == after


def test_migrating_what_is_up_to_date_changes_nothing(empty: Empty) -> None:
    migrate(empty.url)
    first = schema(empty)
    migrate(empty.url)
    assert schema(empty) == first


def test_the_rows_of_the_foundation_outlive_the_migrations_above_it(in_use: Empty) -> None:
    migrate(in_use.url)
    set_app_password(in_use.url, PASSWORD)
    owner = client.sign_up()
    party = owner.post("/api/parties", {"person_name": "Balu"})
    assert party.status == 201, party.body
    rollback(in_use.url, "0001")
    migrate(in_use.url)
    assert owner.get("/api/auth/user").json["user"] == owner.account["user"]
    assert owner.get("/api/parties").json["items"] == []
    assert owner.post("/api/parties", {"person_name": "Balu"}).status == 201


def test_a_populated_database_goes_down_to_nothing(in_use: Empty) -> None:
    migrate(in_use.url)
    owner = client.sign_up()
    assert owner.post("/api/parties", {"person_name": "Balu"}, idempotency_key="k").status == 201
    rollback(in_use.url, "base")
    assert {row[0] for row in schema(in_use)["columns"]} == {"alembic_version"}


def test_two_deployments_at_once_migrate_once(empty: Empty) -> None:
    failures: list[BaseException] = []

    def deploy() -> None:
        try:
            migrate(empty.url)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=deploy) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert empty.run("select version_num from alembic_version") == [[VERSIONS[-1].name[:4]]]


def test_a_failed_migration_leaves_the_schema_as_it_was(empty: Empty) -> None:
    """Each is one transaction."""
    migrate(empty.url, "0001")
    before = schema(empty)
    empty.run("create table quotes (id integer)")
    with pytest.raises(Exception, match="already exists"):
        migrate(empty.url)
    empty.run("drop table quotes")
    version = empty.run("select version_num from alembic_version")
    assert version == [["0002"]]
    rollback(empty.url)
    assert schema(empty) == before


def test_the_password_of_the_functions_may_hold_anything(empty: Empty) -> None:
    migrate(empty.url)
    try:
        set_app_password(empty.url, 'it\'s 100% \\ "odd"')
        with pytest.raises(Exception, match="28P01"), superuser(app_url(empty.url, empty.proxy.port)):
            pass
    finally:
        set_app_password(empty.url, PASSWORD)
    with superuser(app_url(empty.url, empty.proxy.port)) as connection:
        assert connection.run("select current_user::text") == [["app"]]

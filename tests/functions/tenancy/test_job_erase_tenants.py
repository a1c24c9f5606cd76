"""functions/tenancy/job_erase_tenants.py: after the grace nothing is left but what is append-only."""

import pytest

from shared.domains.tenancy.service import erasing
from tests.support import lambdas
from tests.support.client import PASSWORD, Client, sign_up
from tests.support.database import Database

OUTLIVES = {  # rows of an erased tenant stay here: append-only by trigger; no names, unless an admin's reason has one
    "admin_audit_logs": "what the platform's own people asked in its users' names",
    "audit_logs": "who changed what",
    "auth_audit_logs": "who signed in, and from where",
    "onboarding_decisions": "how the platform decided upon the company, and why",
}


def erase() -> int:
    done: int = lambdas.spec("tenancy", "job_erase_tenants").handle({}, lambdas.Context())["done"]
    return done


def tables_with(database: Database, column: str) -> list[str]:
    found = database.run(
        "select relname from pg_class join pg_attribute on attrelid = pg_class.oid"
        " where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and attname = :name order by 1",
        name=column,
    )
    return [str(name) for [name] in found]


def left(database: Database, account: dict[str, dict[str, str]]) -> dict[str, int]:
    """Rows of the tenant and its owner, by table; only tables that have some."""
    found: dict[str, int] = {}
    for column, id_ in (("tenant_id", account["tenant"]["id"]), ("user_id", account["user"]["id"])):
        for table in tables_with(database, column):
            [[count]] = database.run(f"select count(*) from {table} where {column} = :id", id=id_)
            found[table] = max(found.get(table, 0), int(str(count)))
    for table, id_ in (("tenants", account["tenant"]["id"]), ("users", account["user"]["id"])):
        [[count]] = database.run(f"select count(*) from {table} where id = :id", id=id_)
        found[table] = int(str(count))
    return {table: count for table, count in found.items() if count}


def closed_long_ago(owner: Client, database: Database) -> None:
    assert owner.delete("/api/tenant").status == 204
    database.run(
        "update tenants set closed_at = closed_at - interval '30 days', erase_at = erase_at - interval '30 days'"
        " where id = :id",
        id=owner.account["tenant"]["id"],
    )


def test_thirty_days_after_the_closing_nothing_is_left_and_others_are_whole(owner: Client, database: Database) -> None:
    other = sign_up()
    for client in (owner, other):
        assert client.post("/api/parties", {"person_name": "Meena"}, idempotency_key="one").status == 201
        assert client.post("/api/tenant/export").status == 202
    before = left(database, other.account)
    closed_long_ago(owner, database)
    assert erase() > len(left(database, other.account))
    assert set(left(database, owner.account)) <= set(OUTLIVES)
    assert left(database, other.account) == before
    assert other.get("/api/auth/user").status == 200


def test_the_address_can_sign_up_anew(owner: Client, database: Database) -> None:
    closed_long_ago(owner, database)
    given = {"email": owner.account["user"]["email"], "password": PASSWORD, "full_name": "A", "company_name": "B"}
    assert Client().post("/api/auth/signup", given).status == 409
    erase()
    assert Client().post("/api/auth/signup", given).status == 201


def test_a_day_before_everything_is_there(owner: Client, database: Database) -> None:
    before = left(database, owner.account)
    closed_long_ago(owner, database)
    database.run(
        "update tenants set erase_at = erase_at + interval '1 day' where id = :id", id=owner.account["tenant"]["id"]
    )
    erase()
    after = left(database, owner.account)
    assert all(after[table] >= count for table, count in before.items())


def test_slices_come_to_the_same_end(owner: Client, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "SLICE", 3)
    owner.post("/api/parties", {"person_name": "Meena"})
    closed_long_ago(owner, database)
    assert erase() > 3 * 3
    assert set(left(database, owner.account)) <= set(OUTLIVES)


def test_who_deletes_files_is_told_once(owner: Client, database: Database) -> None:
    tenant = owner.account["tenant"]["id"]
    assert owner.post("/api/tenant/export").status == 202
    closed_long_ago(owner, database)
    for _ in range(2):
        erase()
    told = "select tenant_id, event from outbox where name = 'TenantErased' and event ->> 'erased_id' = :id"
    assert database.run(told, id=tenant) == [[None, {"erased_id": tenant}]]


def test_a_tenants_rows_are_found_by_an_index_in_every_table(database: Database) -> None:
    """Without one that begins with the tenant, each slice would read everybody's rows."""
    slow = database.run("""
        select name from tables_to_erase() as name where not exists (
            select from pg_index join pg_attribute on attrelid = indrelid and attnum = indkey[0]
            where indrelid = name::regclass and attname = 'tenant_id' and indpred is null and indisvalid)
    """)
    assert slow == []


def test_every_table_that_outlives_a_tenant_is_append_only(database: Database) -> None:
    """The erasure finds its tables in the catalog, so a new one is not forgotten; what it spares is named here."""
    erased = {str(name) for [name] in database.run("select tables_to_erase()")}
    assert set(tables_with(database, "tenant_id")) - erased <= set(OUTLIVES)

"""A tenant table outside of every domain, for the tests of what lies below the domains."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Column,
    DateTime,
    Insert,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    Text,
    Update,
    Uuid,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB

from shared.core import query
from shared.core.db import Scope
from shared.core.paging import After
from shared.core.tables import Rows, one_of
from shared.migrations.tenancy import MINE
from tests.support.database import Database

ASHA, BALU = Scope(UUID(int=1)), Scope(UUID(int=2))
STAFF_SCOPE, NO_TENANT = Scope(staff=True), Scope()

SCHEMA = f"""
    create schema if not exists trial;
    grant usage on schema trial to app, app_staff;
    create table if not exists trial.notes (
        id uuid primary key default gen_random_uuid(), tenant_id uuid not null,
        body text not null constraint notes_body_key unique, place integer unique deferrable initially deferred,
        amount numeric(24, 12) check (amount < 1000000000000), facts jsonb, at timestamptz, tags text[], digest bytea
    );
    alter table trial.notes enable row level security;
    alter table trial.notes force row level security;
    drop policy if exists tenant on trial.notes;
    drop policy if exists staff on trial.notes;
    create policy tenant on trial.notes to app using ({MINE});
    create policy staff on trial.notes to app_staff using (true);
    grant select, insert, update, delete on trial.notes to app, app_staff;
    truncate trial.notes;
"""

table = Table(
    "notes",
    MetaData(schema="trial"),
    Column("id", Uuid, primary_key=True),
    Column("tenant_id", Uuid),
    Column("body", Text),
    Column("amount", Numeric(24, 12)),
    Column("facts", JSONB),
    Column("at", DateTime(timezone=True)),
    Column("tags", ARRAY(Text)),
    Column("digest", LargeBinary),
)


class NoteRow(NamedTuple):
    id: UUID
    body: str
    amount: Decimal | None


class WholeRow(NamedTuple):
    body: str
    amount: Decimal | None
    facts: dict[str, object] | None
    at: datetime | None
    tags: list[str] | None
    digest: bytes | None


shown = table.c.id, table.c.body, table.c.amount
whole = tuple(table.c[name] for name in WholeRow._fields)


@query.one(NoteRow)
def add(*, id: UUID, tenant: UUID, body: str, amount: query.Nullable[Decimal]) -> Insert:
    return table.insert().values(id=id, tenant_id=tenant, body=body, amount=amount).returning(*shown)


@query.later
def add_later(*, id: UUID, tenant: UUID, body: str) -> Insert:
    return table.insert().values(id=id, tenant_id=tenant, body=body)


@query.one(WholeRow)
def add_whole(
    *,
    id: UUID,
    tenant: UUID,
    body: str,
    amount: query.Nullable[Decimal],
    facts: query.Nullable[dict[str, object]],
    at: query.Nullable[datetime],
    tags: query.Nullable[list[str]],
    digest: query.Nullable[bytes],
) -> Insert:
    values = {"amount": amount, "facts": facts, "at": at, "tags": tags, "digest": digest}
    return table.insert().values(id=id, tenant_id=tenant, body=body, **values).returning(*whole)


@query.all_(NoteRow)
def page(*, body: str | None, after: After | None, limit: int) -> Rows:
    found = select(*shown).order_by(table.c.at, table.c.id).limit(limit)
    if body is not None:
        found = found.where(table.c.body == body)
    if after is not None:
        found = found.where(table.c.at > after.created_at)
    return found


@query.all_(NoteRow)
def by_ids(*, ids: list[UUID]) -> Rows:
    return select(*shown).where(one_of(table.c.id, ids)).order_by(table.c.body)


@query.maybe(NoteRow)
def by_body(*, body: str) -> Rows:
    return select(*shown).where(table.c.body == body)


@query.count
def rename(*, id: UUID, body: str) -> Update:
    return table.update().where(table.c.id == id).values(body=body)


def prepare(database: Database) -> None:
    """The empty table, in a schema of its own: the tests of the product's schema do not see it."""
    database.run(SCHEMA)


def bodies(database: Database) -> list[object]:
    """What is stored, of every tenant."""
    return [body for [body] in database.run("select body from trial.notes order by body")]

"""What `queries.py` needs of SQLAlchemy beyond Core itself, and the tables that the core keeps."""

from collections.abc import Sequence
from typing import Any, TypeAlias, cast

from sqlalchemy import (
    Column,
    ColumnClause,
    ColumnElement,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    ScalarSelect,
    Select,
    SmallInteger,
    Table,
    TableClause,
    TableValuedAlias,
    Text,
    Uuid,
    any_,
    case,
    column,
    func,
    literal_column,
    select,
    tuple_,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by

from shared.core.paging import After

Rows: TypeAlias = Select[*tuple[Any, ...]]

metadata = MetaData()

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("tenant_id", Uuid, primary_key=True),
    Column("user_id", Uuid, primary_key=True),
    Column("operation", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("digest", LargeBinary),
    Column("created_at", DateTime(timezone=True)),
    Column("status", SmallInteger),
    Column("body", Text),  # not jsonb, which would reorder what we promise to repeat
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("tenant_id", Uuid),
    Column("name", Text),
    Column("event", JSONB),
    Column("created_at", DateTime(timezone=True)),
    Column("leased_until", DateTime(timezone=True)),
    Column("sent_at", DateTime(timezone=True)),
)

inbox = Table(
    "inbox",
    metadata,
    Column("consumer", Text, primary_key=True),
    Column("event_id", Uuid, primary_key=True),
    Column("tenant_id", Uuid),
    Column("received_at", DateTime(timezone=True)),
)

audit_logs = Table(
    "audit_logs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("tenant_id", Uuid),
    Column("user_id", Uuid),
    Column("api_key_id", Uuid),
    Column("admin_id", Uuid),  # who impersonated the user
    Column("operation", Text),
    Column("target", Text),
    Column("request_id", Text),
    Column("client_ip", Text),
    Column("at", DateTime(timezone=True)),
)

admin_audit_logs = Table(
    "admin_audit_logs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("admin_id", Uuid),
    Column("user_id", Uuid),
    Column("tenant_id", Uuid),
    Column("operation", Text),
    Column("target", Text),
    Column("outcome", Text),
    Column("request_id", Text),
    Column("client_ip", Text),
    Column("at", DateTime(timezone=True)),
)

signin_failures = Table(
    "signin_failures",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("account", LargeBinary),
    Column("failures", Integer),
    Column("until", DateTime(timezone=True)),
)

rate_limits = Table(
    "rate_limits",
    metadata,
    Column("key", LargeBinary, primary_key=True),
    Column("until", DateTime(timezone=True)),
)


def one_of(column: ColumnElement[Any], values: Sequence[Any]) -> ColumnElement[bool]:
    """`in_()` has a text per length; this has one."""
    return column == any_(cast(Any, values))


def newest_first(found: Rows, created_at: Any, id: Any, after: After | None, limit: int) -> Rows:
    """A page of what is found, from its start or after a place in it."""
    if after is not None:
        found = found.where(tuple_(created_at, id) < tuple_(after.created_at, after.id))
    return found.order_by(created_at.desc(), id.desc()).limit(limit)


def oldest_first(found: Rows, created_at: Any, id: Any, after: After | None, limit: int) -> Rows:
    """The same in the other direction."""
    if after is not None:
        found = found.where(tuple_(created_at, id) > tuple_(after.created_at, after.id))
    return found.order_by(created_at, id).limit(limit)


def contains(column: Any, text: Any) -> ColumnElement[bool]:
    """In any case. LIKE would need its % and _ escaped; no index serves either."""
    return func.strpos(func.lower(column), func.lower(sql_cast(text, Text))) > 0


def as_json(row: Rows) -> ScalarSelect[Any]:
    """The one row that is found, null if there is none."""
    return select(func.to_jsonb(row.subquery("row").table_valued(), type_=JSONB)).scalar_subquery()


def listed(rows: Rows, *order: str) -> ScalarSelect[Any]:
    """All rows as a JSON list by these columns, empty if there are none."""
    row = rows.subquery("row")
    each = aggregate_order_by(func.to_jsonb(row.table_valued()), *(row.c[name] for name in order))
    return select(func.coalesce(func.jsonb_agg(each, type_=JSONB), literal_column("'[]'::jsonb"))).scalar_subquery()


def recordset(rows: Any, *columns: ColumnClause[Any] | Column[Any], name: str = "given") -> TableValuedAlias:
    """A jsonb list of objects as rows of these columns: any number of rows in one statement."""
    typed = (column(each.name, each.type) for each in columns)
    return func.jsonb_to_recordset(rows).table_valued(*typed).render_derived(name=name, with_types=True)


def patched(table: TableClause, changes: Any, *names: str) -> dict[str, Any]:
    """SET values of a partial update: a column takes `changes`' text of its name, if that has one, else keeps its own.

    `changes` is a jsonb argument whose values are strings or null; the columns are text.
    """
    return {
        name: case((func.jsonb_exists(changes, name), changes.op("->>")(name)), else_=table.c[name]) for name in names
    }

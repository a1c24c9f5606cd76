"""What `queries.py` needs of SQLAlchemy beyond Core itself, and the tables that the core keeps."""

from collections.abc import Sequence
from typing import Any, TypeAlias, cast

from sqlalchemy import (
    Column,
    ColumnElement,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    SmallInteger,
    Table,
    TableClause,
    Text,
    Uuid,
    any_,
    case,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

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


def patched(table: TableClause, changes: Any, *names: str) -> dict[str, Any]:
    """SET values of a partial update: a column takes `changes`' text of its name, if that has one, else keeps its own.

    `changes` is a jsonb argument whose values are strings or null; the columns are text.
    """
    return {
        name: case((func.jsonb_exists(changes, name), changes.op("->>")(name)), else_=table.c[name]) for name in names
    }

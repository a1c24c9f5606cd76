"""What the stack itself asks the database: the outbox, rate limits, and the password of the functions' role."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit, urlunsplit

from pg8000.native import Connection, identifier, literal

from local.templates import Rule


def unsent(database_url: str) -> int:
    """Events that no relay has handed to the bus yet."""
    with _connected(database_url) as connection:
        return (
            int(connection.run("select count(*) from outbox where sent_at is null")[0][0]) if _exists(connection) else 0
        )


def reopen(database_url: str, rules: list[Rule]) -> int:
    """The double's queues died with the last stack: send again what a consumer lacks. Answers how many events."""
    names = [name for rule in rules for name in json.loads(rule.pattern).get("detail-type", [])]
    with _connected(database_url) as connection:
        if not _exists(connection):
            return 0
        connection.run("update outbox set leased_until = null where sent_at is null and leased_until is not null")
        connection.run(
            """update outbox set sent_at = null, leased_until = null where sent_at is not null
               and (select count(*) from inbox where event_id = outbox.id)
                 < coalesce((cast(:consumers as jsonb) ->> name)::int, 0)""",
            consumers=json.dumps(Counter(names)),
        )
        return int(connection.row_count)


def forgive(database_url: str) -> None:
    """What was charged to rate limits at a later time than now is would refuse everybody until then."""
    with _connected(database_url) as connection:
        if _exists(connection, "rate_limits"):
            connection.run("delete from rate_limits")


def url_of_functions(database_url: str, password: str) -> str:
    """Let the role `app` sign in with this password; its URL. Where there is no such role, the URL as it is."""
    with _connected(database_url) as connection:
        if not connection.run("select from pg_roles where rolname = 'app'"):
            return database_url
        connection.run(f"alter role {identifier('app')} login password {literal(password)}")
    parts = urlsplit(database_url)
    return urlunsplit(parts._replace(netloc=f"app:{password}@{parts.hostname}:{parts.port or 5432}"))


def _exists(connection: Connection, table: str = "outbox") -> bool:
    return bool(connection.run("select to_regclass(:name) is not null", name=table)[0][0])


@contextmanager
def _connected(database_url: str) -> Iterator[Connection]:
    parts = urlsplit(database_url)
    connection = Connection(
        unquote(parts.username or "postgres"),
        password=unquote(parts.password or ""),
        host=parts.hostname or "127.0.0.1",
        port=parts.port or 5432,
        database=parts.path[1:] or "postgres",
    )
    try:
        yield connection
    finally:
        connection.close()

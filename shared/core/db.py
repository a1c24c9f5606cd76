"""Transactions bound to a tenant; the only place that begins, commits or rolls back."""

import ssl
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import NamedTuple, cast
from urllib.parse import unquote, urlsplit
from uuid import UUID

from shared.core import settings, startup
from shared.core.postgres import Connection, DatabaseError, InterfaceError, Statement

__all__ = ["Connection", "DatabaseError", "InterfaceError", "Scope", "reading", "sqlstate", "transaction", "violated"]

startup.postpone_collection()

OPENING = "select open_transaction($1, $2, $3, $4, $5)"  # see migration 0001
SIGNIN_REFUSED = "28P01"  # it may have been replaced since it was looked up
SESSION_ENDED = "BX401"  # what open_transaction raises for a session that was revoked


class Scope(NamedTuple):
    """On whose behalf: row-level security admits the rows of `tenant_id`, or of everybody where `staff` is on; with a
    `session_id` the first statement also checks that this session has not been revoked."""

    tenant_id: UUID | None = None
    staff: bool = False
    session_id: UUID | None = None
    at: datetime | None = None


_mine = threading.local()  # a Lambda has one thread, and so one connection


def connected() -> Connection:
    """The one connection of this thread. On AWS the password is in the secret that DATABASE_SECRET names."""
    if not hasattr(_mine, "connection"):
        url = urlsplit(settings.read("DATABASE_URL"))
        user, password = unquote(url.username or ""), unquote(url.password or "")
        if settings.read("DATABASE_SECRET"):
            user, password = settings.credentials("DATABASE_SECRET")
        authority = settings.read("DATABASE_CA")
        context = ssl.create_default_context(cafile=authority) if authority else False
        try:
            _mine.connection = Connection(
                user=user,
                password=password,
                host=url.hostname,
                port=url.port or 5432,
                database=url.path[1:],
                ssl_context=context,
                timeout=10,
            )
        except DatabaseError as error:
            if sqlstate(error) == SIGNIN_REFUSED:
                settings.forget_secrets()
            raise
    return cast(Connection, _mine.connection)


def hang_up() -> None:
    """Drop this thread's connection; the next transaction makes another."""
    if hasattr(_mine, "connection"):
        with suppress(InterfaceError, OSError):
            _mine.connection.close()
        del _mine.connection


@contextmanager
def transaction(scope: Scope) -> Generator[Connection]:
    """One transaction: no round trip to open, one to commit, none if nothing was executed."""
    connection = _started(scope, each=False)
    try:
        yield connection
        connection.commit()
    except BaseException as error:
        try:
            connection.rollback()
        except (InterfaceError, OSError):
            hang_up()
        if isinstance(error, InterfaceError):
            hang_up()
        raise


@contextmanager
def reading(scope: Scope) -> Generator[Connection]:
    """Each statement is its own read-only transaction and one round trip. For requests that only read."""
    try:
        yield _started(scope, each=True)
    except InterfaceError:
        hang_up()
        raise


def violated(error: DatabaseError) -> str | None:
    """The name of the unique, check or foreign-key constraint an error speaks of."""
    return _facts(error).get("n") if sqlstate(error).startswith("23") else None


def sqlstate(error: DatabaseError) -> str:
    return _facts(error).get("C", "")


def _facts(error: DatabaseError) -> dict[str, str]:
    return error.args[0] if error.args and isinstance(error.args[0], dict) else {}


def _started(scope: Scope, *, each: bool) -> Connection:
    if connected().is_stale():
        hang_up()
    connection = connected()
    switches = "on" if scope.staff else "off", "on" if each else "off"
    values = str(scope.tenant_id or ""), *switches, scope.session_id, scope.at
    connection.start([Statement(OPENING, values)], each=each)
    return connection

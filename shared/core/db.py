"""Transactions bound to a tenant; the only place that begins, commits or rolls back."""

import ssl
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Literal, NamedTuple, cast
from urllib.parse import unquote, urlsplit
from uuid import UUID

from shared.core import settings, startup
from shared.core.postgres import Connection, DatabaseError, InterfaceError, Statement

__all__ = [
    "Connection",
    "DatabaseError",
    "InterfaceError",
    "Limit",
    "Scope",
    "detail",
    "reading",
    "sqlstate",
    "transaction",
    "violated",
]

startup.postpone_collection()

OPENING = "select open_transaction($1, $2, $3, $4, $5, $6, $7, $8, $9)"  # see migration 0009
METER = "call meter($1, $2, $3, $4, $5, $6)"
SIGNIN_REFUSED = "28P01"  # it may have been replaced since it was looked up
SESSION_ENDED = "BX401"  # what open_transaction raises for a session or key that no longer holds
FACTOR_TOO_OLD = "BX403"  # and where the operation wants a fresh second factor
NOT_APPROVED = "BX405"  # and where it wants an approved tenant; the detail says how far this one is
ADDRESS_REFUSED = "BX406"  # and where the admin's address is on no list that admits him
LIMITED = "BX429"  # what meter raises; its detail has the place of the limit and the seconds to wait
MINUTE = 60_000_000  # microseconds


class Limit(NamedTuple):
    """So many units a minute for what `key` stands for; callers are told `name`."""

    name: str
    key: bytes
    units: int

    def charge(self, cost: int) -> int:
        """The microseconds of a minute that a call takes; all of them where it costs more than there are units."""
        return MINUTE * min(cost, self.units) // self.units


class Scope(NamedTuple):
    """On whose behalf: row-level security admits the rows of `tenant_id`, or of everybody where `staff` is on.

    The first statement also checks that the `guard` (a session of a user or admin, or an API key) still holds, and
    where `factor_after` is given, that its user, if he has a second factor, has shown it since. An admin's `address`
    must be one he may come from; `approved` asks that the tenant is. `limits` are charged `cost` units before.
    """

    tenant_id: UUID | None = None
    staff: bool = False
    guard: Literal["session", "key", "admin", ""] = ""
    guard_id: UUID | None = None
    at: datetime | None = None
    factor_after: datetime | None = None
    address: str = ""
    approved: bool = False
    limits: tuple[Limit, ...] = ()
    cost: int = 1

    def unmetered(self) -> "Scope":
        """For a further transaction on behalf of the same request."""
        return self._replace(limits=(), guard="", guard_id=None, approved=False)


_mine = threading.local()  # a Lambda has one thread, and so one connection


def connected() -> Connection:
    """The one connection of this thread. On AWS the password is in the secret that DATABASE_SECRET names."""
    if not hasattr(_mine, "connection"):
        settings.preload()
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
    """The five characters by which PostgreSQL, or a BX code of ours, tells what went wrong; empty if it did not."""
    return _facts(error).get("C", "")


def detail(error: DatabaseError) -> str:
    """What the server says beside its message."""
    return _facts(error).get("D", "")


def _metered(scope: Scope) -> tuple[object, ...]:
    keys, charges = [limit.key for limit in scope.limits], [limit.charge(scope.cost) for limit in scope.limits]
    return str(scope.tenant_id or ""), scope.guard, scope.guard_id, keys, charges, scope.at


def _facts(error: DatabaseError) -> dict[str, str]:
    return error.args[0] if error.args and isinstance(error.args[0], dict) else {}


def _started(scope: Scope, *, each: bool) -> Connection:
    if connected().is_stale():
        hang_up()
    connection = connected()
    switches = "on" if scope.staff else "off", "on" if each else "off"
    guarded = (
        scope.guard,
        scope.guard_id,
        scope.at,
        scope.factor_after,
        scope.address,
        "on" if scope.approved else "off",
    )
    values = str(scope.tenant_id or ""), *switches, *guarded
    meters = [Statement(METER, _metered(scope))] if scope.limits or scope.guard else []
    connection.start([Statement(OPENING, values)], each=each, meters=meters)
    return connection

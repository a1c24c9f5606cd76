"""Users and tenants as their admins meet them, for the tests of this domain."""

import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from local.children import wait_until
from shared.core import db
from shared.core.call import Actor, Call
from shared.core.errors import Problem
from tests.support.client import PASSWORD, Answer, Client
from tests.support.database import Database

REASON = "Bills unpaid for three months"
NEW = "quite another phrase"


def path(user: Client) -> str:
    return f"/api/admin/users/{user.account['user']['id']}"


def tenant_path(user: Client) -> str:
    return f"/api/admin/tenants/{user.account['tenant']['id']}"


def sign_in(email: str, password: str = PASSWORD) -> Answer:
    return Client().post("/api/auth/signin", {"email": email, "password": password})


def choose_password(token: str) -> int:
    return Client().post("/api/auth/reset-password", {"token": token, "password": NEW}).status


def mails(database: Database, template: str, tenant: str) -> list[tuple[object, object]]:
    """To whom mails of a template went that concern a tenant, and their values."""
    found = database.run(
        "select event ->> 'to', event -> 'values' from outbox"
        " where tenant_id = :tenant and event ->> 'template' = :template order by created_at, id",
        tenant=tenant, template=template,
    )  # fmt: skip
    return [(to, values) for to, values in found]


def call_of(admin: Client) -> Call:
    """A call of an admin, to be given to a service within `transaction`."""
    return Call(Actor(admin_id=UUID(admin.account["admin"]["id"]), role="super_admin"), datetime.now(UTC))


@contextmanager
def transaction(call: Call) -> Generator[Call]:
    """On the connection of this thread, with an admin's rights and more patience than a function has."""
    with db.transaction(db.Scope(staff=True, at=call.now)) as call.connection:
        call.connection.execute("set local lock_timeout = '60s'")
        yield call


def outcome(work: Callable[[], Any]) -> Any:
    """What came of it on a connection of this thread: the answer, or the slug of the problem."""
    try:
        return work()
    except Problem as problem:
        return problem.slug
    finally:
        db.hang_up()


def meanwhile(admin: Client, first: Callable[[Call], Any], then: Callable[[], Any], database: Database) -> Any:
    """What comes of `then`, begun when `first` has done its work and ended once that is committed."""
    waiting = "select from pg_stat_activity where usename = 'app' and wait_event_type = 'Lock'"
    with ThreadPoolExecutor(1) as pool:
        with transaction(call_of(admin)) as call:
            first(call)
            call.connection.execute("select")  # whatever is deferred
            begun: Future[Any] = pool.submit(outcome, then)
            assert wait_until(lambda: begun.done() or bool(database.run(waiting)), seconds=10)
        return begun.result()


def together(count: int) -> threading.Barrier:
    return threading.Barrier(count, timeout=60)

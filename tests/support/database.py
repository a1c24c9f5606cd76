"""A real PostgreSQL for the tests, behind a proxy that counts round trips."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pg8000.native

from local import database
from tests.support.proxy import Proxy
from tools.migrate import migrate, set_app_password

PASSWORD = "app"


class Database:
    """`url` is the superuser's, `app_url` the functions' own through the proxy."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.proxy = Proxy(port_of(url))
        self.app_url = app_url(url, self.proxy.port)

    def run(self, sql: str, **values: object) -> list[list[object]]:
        """As the superuser, past row-level security."""
        with superuser(self.url) as connection:
            rows: list[list[object]] = connection.run(sql, **values) or []
            return rows


def port_of(url: str) -> int:
    port = urlsplit(url).port
    assert port
    return port


def app_url(url: str, port: int) -> str:
    return f"postgresql://app:{PASSWORD}@127.0.0.1:{port}{urlsplit(url).path}"


@contextmanager
def superuser(url: str) -> Iterator[pg8000.native.Connection]:
    parts = urlsplit(url)
    connection = pg8000.native.Connection(
        parts.username,
        password=parts.password,
        host=parts.hostname,
        port=parts.port,
        database=parts.path[1:],
        ssl_context=False,  # else it reads every certificate of the machine
    )
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def started(folder: Path) -> Iterator[Database]:
    """A migrated database in a server of its own; the functions of this process use it."""
    with database.running(folder) as server:
        migrate(server.url)
        set_app_password(server.url, PASSWORD)
        made = Database(server.url)
        os.environ["DATABASE_URL"] = made.app_url
        yield made
        made.proxy.close()

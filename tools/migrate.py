"""The schema: `python -m tools.migrate [up | down | new "what it does"]`.

On the database that DATABASE_URL names (as its owner), else on that of the running stack.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, NullPool, create_engine, make_url, text
from sqlalchemy.engine import Connection

from tools.api import running_stack

MIGRATIONS = Path(__file__).parent.parent / "shared" / "migrations"
LOCK = 20261120  # of pg_advisory_lock: two deployments migrate one after the other


def migrate(url: str, revision: str = "head") -> None:
    """Bring the schema up; `url` is of the owner, not of `app`. Waits at most 5 s for a lock on a table."""
    _run(url, lambda config: command.upgrade(config, revision))


def rollback(url: str, revision: str = "-1") -> None:
    """Take the newest migration back (`base`: all)."""
    _run(url, lambda config: command.downgrade(config, revision))


def set_app_password(url: str, password: str) -> None:
    """Let the role `app` sign in with this password."""
    with _engine(url).begin() as connection:
        quoted = connection.execute(text("select quote_literal(:password)"), {"password": password}).scalar_one()
        connection.exec_driver_sql(f"alter role app password {quoted}".replace("%", "%%"))


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def _engine(url: str) -> Engine:
    return create_engine(make_url(url).set(drivername="postgresql+pg8000"), poolclass=NullPool)


def _run(url: str, work: Callable[[Config], None]) -> None:
    with _engine(url).connect() as connection:
        connection.exec_driver_sql("set lock_timeout = '5s'")
        connection.execute(text("select pg_advisory_lock(:lock)"), {"lock": LOCK})
        connection.commit()
        try:
            work(_config(connection))
            connection.commit()
        finally:
            connection.rollback()
            connection.execute(text("select pg_advisory_unlock(:lock)"), {"lock": LOCK})
            connection.commit()


def main(action: str = "up", message: str = "") -> None:
    if action == "new":
        number = f"{len(list((MIGRATIONS / 'versions').glob('[0-9]*.py'))) + 1:04}"
        command.revision(_config(), message, rev_id=number)
        return
    url = os.environ.get("DATABASE_URL") or running_stack()["database_url"]
    if action == "down":
        rollback(url)
        return
    migrate(url)
    if password := os.environ.get("APP_DATABASE_PASSWORD"):
        set_app_password(url, password)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The tables of the small project."""

from urllib.parse import urlsplit

from pg8000.native import Connection


def migrate(address):
    url = urlsplit(address)
    connection = Connection(
        url.username, password=url.password, host=url.hostname, port=url.port, database=url.path[1:]
    )
    connection.run(
        """create table if not exists outbox
           (id uuid primary key, name text, event jsonb, sent_at timestamptz, leased_until timestamptz)"""
    )
    connection.run("create table if not exists inbox (consumer text, event_id uuid, primary key (consumer, event_id))")
    connection.run("create table if not exists log (entry text)")
    if not connection.run("select from pg_roles where rolname = 'app'"):
        connection.run("create role app login")
    connection.run("grant all on outbox, inbox, log to app")
    connection.close()

"""DELETE /api/tenant."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from local.children import wait_until
from shared.core import db
from tests.support.client import PASSWORD, Client, Request
from tests.support.database import Database, superuser
from tests.support.examples import key, member


def example(owner: Client) -> Request:
    return Request("DELETE", "/api/tenant")


def sign_in(client: Client) -> Client:
    given = {"email": client.account["user"]["email"], "password": PASSWORD}
    answer = Client().post("/api/auth/signin", given)
    return Client(token=answer.json.get("access_token"), account=answer.json)


def test_every_session_of_every_member_ends_at_once(owner: Client, database: Database) -> None:
    colleague = member(owner, "staff", database)
    assert owner.send(example(owner)).status == 204
    for client in (owner, colleague):
        assert client.get("/api/auth/user").status == 401
        renewed = Client().post("/api/auth/refresh", {"refresh_token": client.account["refresh_token"]})
        assert renewed.status == 401


def test_every_api_key_ends_at_once(owner: Client, database: Database) -> None:
    reader = key(owner, "tenant:read")
    assert reader.get("/api/tenant").status == 200
    owner.send(example(owner))
    assert reader.get("/api/tenant").status == 401


def test_signing_in_says_until_when_it_can_be_reopened(owner: Client) -> None:
    owner.send(example(owner))
    email = owner.account["user"]["email"]
    answer = Client().post("/api/auth/signin", {"email": email, "password": PASSWORD})
    assert (answer.status, answer.json["type"]) == (403, "/problems/tenant-closed")
    remaining = datetime.fromisoformat(answer.json["erase_at"]) - datetime.now().astimezone()
    assert timedelta(days=29) < remaining <= timedelta(days=30)
    wrong = Client().post("/api/auth/signin", {"email": email, "password": "not this one"})
    assert wrong.json["type"] == "/problems/wrong-credentials", "who does not know the password learns nothing"


def attempted(client: Client) -> int:
    """The status of a sign-in, on a connection of its own."""
    try:
        given = {"email": client.account["user"]["email"], "password": PASSWORD}
        return Client().post("/api/auth/signin", given).status
    finally:
        db.hang_up()


def sign_in_during_closing(owner: Client, database: Database) -> tuple[int, int]:
    """It has read that the tenant is open, and the closing commits before it does: its status, the sessions left."""
    tenant = owner.account["tenant"]["id"]
    with superuser(database.url) as closing, ThreadPoolExecutor() as pool:
        closing.run("begin")
        closing.run("update user_sessions set revoked_at = created_at where tenant_id = :id", id=tenant)
        closing.run("update tenants set closed_at = created_at, erase_at = created_at where id = :id", id=tenant)
        signing_in = pool.submit(attempted, owner)
        waiting = "select from pg_stat_activity where usename = 'app' and wait_event_type = 'Lock'"
        assert wait_until(lambda: signing_in.done() or bool(database.run(waiting)), seconds=10)
        closing.run("commit")
        live = "select count(*) from user_sessions where tenant_id = :id and revoked_at is null"
        return signing_in.result(), int(str(database.run(live, id=tenant)[0][0]))


def test_a_sign_in_that_races_the_closing_opens_nothing(owner: Client, database: Database) -> None:
    assert sign_in_during_closing(owner, database) == (401, 0)


def test_without_the_lock_that_race_is_lost(owner: Client, database: Database) -> None:
    """The planted read-check-write: the test above can fail."""
    database.run("alter table user_sessions disable trigger refuse_of_closed")
    try:
        assert sign_in_during_closing(owner, database) == (200, 1)
    finally:
        database.run("alter table user_sessions enable trigger refuse_of_closed")


def test_only_owners_get_the_mail_and_the_outbox_does_not_hold_its_secret(owner: Client, database: Database) -> None:
    colleague = member(owner, "admin", database)
    partner = member(owner, "owner", database)
    owner.send(example(owner))
    mails = database.run(
        "select event ->> 'to', event -> 'link' ->> 'page' from outbox"
        " where tenant_id = :id and event ->> 'template' = 'TENANT_CLOSED'",
        id=owner.account["tenant"]["id"],
    )
    assert {str(to) for to, _ in mails} == {client.account["user"]["email"] for client in (owner, partner)}
    assert colleague.account["user"]["email"] not in str(mails)
    assert {str(page).rpartition("/")[2] for _, page in mails} == {"reopen-tenant"}

"""POST /api/auth/reset-password."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from shared.core import clock, db
from shared.core.call import Actor, Call
from shared.domains.identity.errors import LinkInvalid
from shared.domains.identity.rows import LinkRow
from shared.domains.identity.schemas import PasswordReset
from shared.domains.identity.service import links, password_changes
from shared.domains.platform.rules import mails
from tests.support import mailed
from tests.support.client import PASSWORD, Client, Request, sign_up
from tests.support.database import Database

CALLERS = 50
NEW = "quite another phrase"


def example(owner: Client) -> Request:
    return Request("POST", "/api/auth/reset-password", {"token": link(sign_up(owner.transport)), "password": NEW})


def a_minute_later(owner: Client) -> None:
    """Another link may be asked for."""
    forget = "update email_tokens set resent_at = null where user_id = :user"
    mailed.behind[owner.transport].run(forget, user=owner.account["user"]["id"])


def link(owner: Client) -> str:
    """What a mail brought who forgot his password, and asks for the first time in a minute."""
    a_minute_later(owner)
    Client(owner.transport).post("/api/auth/forgot-password", {"email": owner.account["user"]["email"]})
    return mailed.secret(owner, "PASSWORD_RESET")


def reset(token: str, password: str = NEW) -> int:
    return Client().post("/api/auth/reset-password", {"token": token, "password": password}).status


def sign_in(owner: Client, password: str) -> int:
    given = {"email": owner.account["user"]["email"], "password": password}
    return Client().post("/api/auth/signin", given).status


def test_the_new_password_is_the_only_one(owner: Client) -> None:
    assert reset(link(owner)) == 204
    assert (sign_in(owner, PASSWORD), sign_in(owner, NEW)) == (401, 200)


def test_every_session_ends(owner: Client, database: Database) -> None:
    other = Client().post("/api/auth/signin", {"email": owner.account["user"]["email"], "password": PASSWORD}).json
    reset(link(owner))
    assert owner.get("/api/auth/user").status == 401
    assert Client(token=other["access_token"]).get("/api/auth/user").status == 401
    for tokens in (owner.account, other):
        assert Client().post("/api/auth/refresh", {"refresh_token": tokens["refresh_token"]}).status == 401


def test_it_works_once_and_for_half_an_hour(owner: Client, database: Database) -> None:
    token = link(owner)
    assert [reset(token), reset(token)] == [204, 410]
    late = link(owner)
    expire = "update email_tokens set expires_at = expires_at - interval '30 minutes' where user_id = :user"
    database.run(expire, user=owner.account["user"]["id"])
    assert reset(late) == 410


def test_a_password_that_is_refused_leaves_the_link(owner: Client) -> None:
    token = link(owner)
    assert reset(token, "password1") == 422
    assert reset(token) == 204


def test_the_count_of_failures_starts_anew_everywhere(owner: Client) -> None:
    wrong = {"email": owner.account["user"]["email"], "password": "not this one"}
    for ip in ("203.0.113.7", "203.0.113.8"):
        assert [Client().post("/api/auth/signin", wrong, x_test_ip=ip).status for _ in range(6)] == [401] * 5 + [423]
    reset(link(owner))
    for ip in ("203.0.113.7", "203.0.113.8"):
        assert Client().post("/api/auth/signin", wrong | {"password": NEW}, x_test_ip=ip).status == 200


def test_the_address_is_verified_by_it(owner: Client) -> None:
    reset(link(owner))
    given = {"email": owner.account["user"]["email"], "password": NEW}
    assert Client().post("/api/auth/signin", given).json["user"]["email_verified"] is True


def test_the_mail_says_that_api_keys_are_revoked_too(owner: Client, database: Database) -> None:
    key = owner.post("/api/api-keys", {"name": "shop", "scopes": ["quotes:read"]}).json["key"]
    assert reset(link(owner)) == 204
    assert Client(token=key).get("/api/quotes").status == 401
    [[template]] = database.run(
        "select event->>'template' from outbox where event->>'to' = :to order by created_at desc, id desc limit 1",
        to=owner.account["user"]["email"],
    )
    text = mails.written(str(template), {"full_name": "Asha"}).text
    assert "If a link that we mailed\nwas used for it, your API keys were revoked as well" in text


def test_another_user_is_left_alone(owner: Client) -> None:
    neighbour = sign_up()
    reset(link(owner))
    assert neighbour.get("/api/auth/user").status == 200
    assert sign_in(neighbour, PASSWORD) == 200


def race(owner: Client, callers: int = CALLERS) -> list[bool]:
    """As many uses of one link at once, each on a connection of its own: which of them succeeded."""
    token, together = link(owner), threading.Barrier(callers, timeout=60)

    def use(number: int) -> bool:
        call = Call(Actor(), clock.now(), scope=db.Scope(staff=True))
        together.wait()
        try:
            with db.transaction(call.scope) as call.connection:
                call.connection.execute("set local lock_timeout = '60s'")  # fifty in line on a slow machine
                password_changes.reset(call, PasswordReset(token=token, password=f"{NEW} {number}"))
            return True
        except LinkInvalid:
            return False
        finally:
            db.hang_up()

    with ThreadPoolExecutor(callers) as pool:
        return list(pool.map(use, range(callers)))


def test_of_fifty_uses_at_once_one_succeeds(owner: Client) -> None:
    outcomes = race(owner)
    assert sum(outcomes) == 1
    assert sign_in(owner, f"{NEW} {outcomes.index(True)}") == 200, "and it is his password that holds"


def test_the_race_catches_a_link_that_is_read_before_it_is_spent(
    owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: look whether the link is unused, then mark it."""
    everybody_has_read = threading.Barrier(CALLERS, timeout=60)
    user = owner.account["user"]

    def read_then_write(call: Call, purpose: str, token: str) -> LinkRow:
        mine = f"user_id = '{user['id']}' and purpose = '{purpose}'"
        unused = call.connection.execute(f"select from email_tokens where {mine} and used_at is null").row_count
        everybody_has_read.wait()
        if not unused:
            raise LinkInvalid
        call.connection.execute(f"update email_tokens set used_at = created_at where {mine}")
        return LinkRow(UUID(user["id"]), UUID(owner.account["tenant"]["id"]), user["email"], user["full_name"], False)

    monkeypatch.setattr(links, "spend", read_then_write)
    assert sum(race(owner)) == CALLERS

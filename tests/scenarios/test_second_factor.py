"""Second factors under attack: at once, by guessing, and by reading the database."""

import base64
import logging
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from shared.core import db, query
from shared.core.call import Actor, Call
from shared.core.errors import Problem
from shared.domains.admins.service import sessions as admins
from shared.domains.identity.service import sessions as users
from shared.domains.second_factor import queries, rules
from shared.domains.second_factor.ports import Vault
from shared.domains.second_factor.rows import FactorRow, Holder
from shared.domains.second_factor.schemas import ChallengeAnswer
from shared.domains.second_factor.service import challenges
from shared.entry import wiring
from tests.support import factors, mailed
from tests.support.admins import new_admin
from tests.support.client import PASSWORD, Client, in_process, sign_up
from tests.support.database import Database
from tests.support.factors import App

AT_ONCE = 50


def calling(now: datetime, work: Callable[[Call], Any]) -> tuple[str, float]:
    """What became of it, as the harness would answer, and how long the answer waits."""
    call = Call(Actor(), now, scope=db.Scope(staff=True, at=now))
    refusal = None
    try:
        with db.transaction(call.scope) as call.connection:
            try:
                work(call)
            except Problem as problem:
                refusal = problem
                if not problem.keeps:
                    raise
    except Problem:
        pass
    return refusal.slug if refusal else "open", call.delay


@dataclass(frozen=True)
class Person:
    """A user or an admin with a factor, and what he completes a sign-in with."""

    client: Client
    app: App
    holder: Holder
    complete: Callable[[Call, ChallengeAnswer, Vault], object]


@pytest.fixture(params=["user", "admin"])
def person(request: pytest.FixtureRequest, database: Database) -> Person:
    if request.param == "user":
        client = sign_up()
        user, tenant = client.account["user"], client.account["tenant"]
        holder = Holder(UUID(user["id"]), UUID(tenant["id"]), user["email"], user["full_name"])
        return Person(client, factors.enable(client), holder, users.complete_sign_in)
    client = new_admin(database)
    admin = client.account["admin"]
    holder = Holder(UUID(admin["id"]), None, admin["email"], admin["full_name"])
    return Person(client, factors.enable_of_admin(client), holder, admins.complete_log_in)


def challenged(person: Person, now: datetime) -> str:
    """A challenge, as the right password gives it."""
    token: list[str] = []
    calling(now, lambda call: token.append(challenges.challenge(call, person.holder, ["totp"]).challenge_token))
    return token[0]


def verify(person: Person, token: str, code: str, now: datetime) -> tuple[str, float]:
    given = ChallengeAnswer(challenge_token=token, code=code)
    return calling(now, lambda call: person.complete(call, given, wiring.vault()))


def at_once(person: Person, tokens: list[str], code: str, now: datetime) -> Counter[str]:
    """So many people with the same code, each with a connection of his own."""
    ready = threading.Barrier(len(tokens))

    def one(token: str) -> str:
        db.connected()
        ready.wait()
        try:
            return verify(person, token, code, now)[0]
        finally:
            db.hang_up()

    with ThreadPoolExecutor(len(tokens)) as pool:
        return Counter(pool.map(one, tokens))


def logins(person: Person, now: datetime) -> list[str]:
    """A challenge for each."""
    return [challenged(person, now) for _ in range(AT_ONCE)]


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read, check, write: the mistake that the races below must find."""
    everybody = threading.Barrier(AT_ONCE)
    locked = queries.lock_challenged.texts[frozenset()]  # type: ignore[attr-defined]
    plain = query.Query("maybe", FactorRow, (), {frozenset(): locked._replace(sql=locked.sql.partition(" FOR ")[0])})

    def planted(connection: db.Connection, **given: object) -> FactorRow | None:
        found: FactorRow | None = plain(connection, **given)
        everybody.wait()
        return found

    assert plain.texts[frozenset()].sql != locked.sql
    monkeypatch.setattr(queries, "lock_challenged", planted)


def code_of_the_app(app: App, now: datetime) -> str:
    return app.code_of(int(now.timestamp()) // 30 + 1)


def backup_code(app: App, now: datetime) -> str:
    return app.backup_codes[0]


@pytest.mark.parametrize("code", [code_of_the_app, backup_code])
def test_of_fifty_who_use_one_code_at_once_one_gets_in(person: Person, code: Callable[[App, datetime], str]) -> None:
    app, now = person.app, datetime.now(UTC)
    assert at_once(person, logins(person, now), code(app, now), now) == {"open": 1, "code-spent": AT_ONCE - 1}


@pytest.mark.parametrize("code", [code_of_the_app, backup_code])
def test_without_the_lock_the_race_is_lost(
    person: Person, code: Callable[[App, datetime], str], unlocked: None
) -> None:
    app, now = person.app, datetime.now(UTC)
    assert at_once(person, logins(person, now), code(app, now), now)["open"] > 1


def test_of_fifty_who_use_a_code_that_was_sent_one_gets_in(person: Person) -> None:
    """It counts for one challenge, which all of them have."""
    given: list[str] = []

    def begin(call: Call) -> None:
        given.append(challenges.challenge(call, person.holder, ["email"]).challenge_token)

    now = datetime.now(UTC)
    calling(now, begin)
    as_sent = "update two_factor_auth set method = 'email', secret = null where holder_id = :id"
    mailed.behind[in_process].run(as_sent, id=person.holder.id)
    code = factors.sent_code(person.client)
    assert at_once(person, given * AT_ONCE, code, now) == {"open": 1, "challenge-over": AT_ONCE - 1}


def test_guesses_at_once_are_all_counted(person: Person, database: Database) -> None:
    app, now = person.app, datetime.now(UTC)
    assert at_once(person, logins(person, now), app.wrong_code(), now) == {"code-wrong": AT_ONCE}
    found = database.run(
        "select failures, failures_today from two_factor_auth where holder_id = :id", id=person.holder.id
    )
    assert found == [[AT_ONCE, AT_ONCE]]


def test_guesses_at_once_at_one_challenge_stop_at_five(person: Person) -> None:
    app, now = person.app, datetime.now(UTC)
    found = at_once(person, [challenged(person, now)] * 20, app.wrong_code(), now)
    assert found == {"code-wrong": 5, "challenge-over": 15}


def test_guessing_ends_each_login_after_five_is_slow_after_twenty_and_blocked_after_a_hundred(person: Person) -> None:
    app, now = person.app, datetime.now(UTC)
    wrong, waits = app.wrong_code(), []
    for _ in range(rules.BLOCKED_FROM // 5):
        token = challenged(person, now)
        for _ in range(5):
            slug, wait = verify(person, token, wrong, now)
            assert slug == "code-wrong"
            waits.append(wait)
        assert verify(person, token, wrong, now)[0] == "challenge-over"
    assert waits == [0] * 20 + [2] * 80
    right = code_of_the_app(app, now)
    assert verify(person, challenged(person, now), right, now)[0] == "factor-blocked"
    path = "/api/v1/2fa/status" if person.holder.tenant_id else "/api/admin/2fa/status"
    assert person.client.get(path).json["enabled"], "failures never switch it off"
    assert verify(person, challenged(person, now), app.backup_codes[0], now)[0] == "open"
    assert verify(person, challenged(person, now), right, now)[0] == "open"


def test_guesses_of_days_are_blocked_by_their_row_alone(person: Person) -> None:
    app, today, found = person.app, datetime.now(UTC), []
    moments = [today + timedelta(days=days) for days in range(11)]
    wrong = app.wrong_code(*moments)
    for now in moments:
        for _ in range(2):
            token = challenged(person, now)
            found += [verify(person, token, wrong, now) for _ in range(5)]
    assert [wait for _, wait in found] == [0] * 110
    assert found[99][0] == "code-wrong" and {slug for slug, _ in found[100:]} == {"factor-blocked"}
    assert app.backup_codes


def test_a_code_is_good_at_its_window_and_once(person: Person) -> None:
    app, now = person.app, datetime.now(UTC) + timedelta(hours=1)
    step = int(now.timestamp()) // 30
    tried = [(step - 2, "code-wrong"), (step + 2, "code-wrong"), (step - 1, "open"), (step - 1, "code-spent"),
             (step, "open"), (step, "code-spent"), (step - 1, "code-spent"), (step + 1, "open")]  # fmt: skip
    assert [(at, verify(person, challenged(person, now), app.code_of(at), now)[0]) for at, _ in tried] == tried


def test_neither_database_nor_log_holds_what_was_shown_once(
    owner: Client, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    canaries = everything_shown_once(owner)
    dump = text_of(database) + caplog.text
    assert owner.account["user"]["email"] in dump, "the scan sees rows"
    found = [form for canary in canaries for form in forms_of(canary) if form.lower() in dump.lower()]
    assert len(canaries) > 20 and not found


def everything_shown_once(owner: Client) -> list[str]:
    """Through all of a factor's life, with keys under which answers are kept for a repeat."""
    keyed = {"idempotency_key": "once"}
    app = App(owner.post("/api/v1/2fa/setup", **keyed).json["secret"])
    app.backup_codes = owner.post("/api/v1/2fa/enable", {"code": app.code()}, **keyed).json["backup_codes"]
    given, token = app.code(), factors.challenge(owner)
    assert factors.verify(owner, token, app.backup_codes[0]).status == 200
    assert owner.post("/api/v1/2fa/step-up", {"code": given}, **keyed).status == 200
    assert factors.verify(owner, factors.challenge(owner), app.wrong_code()).status == 401
    newer = owner.post("/api/v1/2fa/regenerate-backup-codes", **keyed).json["backup_codes"]
    return [app.secret, *app.backup_codes, *newer, token, PASSWORD]


def forms_of(canary: str) -> set[str]:
    """As it is, without hyphens, and as the database prints octets."""
    plain = canary.replace("-", "") if len(canary) == 14 else canary
    raw = [base64.b32decode(canary)] if len(canary) == 32 else []
    return {canary, plain} | {octets.hex() for octets in [canary.encode(), plain.encode(), *raw]}


def text_of(database: Database) -> str:
    tables = database.run("select tablename from pg_tables where schemaname = 'public'")
    rows = [row for [table] in tables for row in database.run(f"select kept::text from {table} kept")]
    return "\n".join(str(text) for [text] in rows)

"""Second factors under attack: at once, by guessing, and by reading the database."""

import base64
import logging
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from shared.core import db, query
from shared.core.call import Actor, Call
from shared.core.errors import Problem
from shared.domains.identity.service import sessions
from shared.domains.second_factor import queries, rules
from shared.domains.second_factor.rows import FactorRow
from shared.domains.second_factor.schemas import ChallengeAnswer
from shared.domains.second_factor.service import challenges
from shared.entry import wiring
from tests.support import factors
from tests.support.client import PASSWORD, Client
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


def challenged(client: Client, now: datetime) -> str:
    """A challenge, as the right password gives it."""
    token: list[str] = []
    user, tenant = UUID(client.account["user"]["id"]), UUID(client.account["tenant"]["id"])
    calling(now, lambda call: token.append(challenges.challenge(call, user, tenant, ["totp"]).challenge_token))
    return token[0]


def verify(token: str, code: str, now: datetime) -> tuple[str, float]:
    given = ChallengeAnswer(challenge_token=token, code=code)
    return calling(now, lambda call: sessions.complete_sign_in(call, given, wiring.vault()))


def at_once(tokens: list[str], code: str, now: datetime) -> Counter[str]:
    """So many people with the same code, each with a connection of his own."""
    ready = threading.Barrier(len(tokens))

    def one(token: str) -> str:
        db.connected()
        ready.wait()
        try:
            return verify(token, code, now)[0]
        finally:
            db.hang_up()

    with ThreadPoolExecutor(len(tokens)) as pool:
        return Counter(pool.map(one, tokens))


def logins(client: Client, now: datetime) -> list[str]:
    """A challenge for each."""
    return [challenged(client, now) for _ in range(AT_ONCE)]


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
def test_of_fifty_who_use_one_code_at_once_one_gets_in(owner: Client, code: Callable[[App, datetime], str]) -> None:
    app, now = factors.enable(owner), datetime.now(UTC)
    assert at_once(logins(owner, now), code(app, now), now) == {"open": 1, "code-spent": AT_ONCE - 1}


@pytest.mark.parametrize("code", [code_of_the_app, backup_code])
def test_without_the_lock_the_race_is_lost(owner: Client, code: Callable[[App, datetime], str], unlocked: None) -> None:
    app, now = factors.enable(owner), datetime.now(UTC)
    assert at_once(logins(owner, now), code(app, now), now)["open"] > 1


def test_guesses_at_once_are_all_counted(owner: Client, database: Database) -> None:
    app, now = factors.enable(owner), datetime.now(UTC)
    assert at_once(logins(owner, now), app.wrong_code(), now) == {"code-wrong": AT_ONCE}
    found = database.run("select failures, failures_today from user_2fa where user_id = :id", id=factors.user_id(owner))
    assert found == [[AT_ONCE, AT_ONCE]]


def test_guesses_at_once_at_one_challenge_stop_at_five(owner: Client) -> None:
    app, now = factors.enable(owner), datetime.now(UTC)
    found = at_once([challenged(owner, now)] * 20, app.wrong_code(), now)
    assert found == {"code-wrong": 5, "challenge-over": 15}


def test_guessing_ends_each_login_after_five_is_slow_after_twenty_and_blocked_after_a_hundred(owner: Client) -> None:
    app, now = factors.enable(owner), datetime.now(UTC)
    wrong, waits = app.wrong_code(), []
    for _ in range(rules.BLOCKED_FROM // 5):
        token = challenged(owner, now)
        for _ in range(5):
            slug, wait = verify(token, wrong, now)
            assert slug == "code-wrong"
            waits.append(wait)
        assert verify(token, wrong, now)[0] == "challenge-over"
    assert waits == [0] * 20 + [2] * 80
    right = code_of_the_app(app, now)
    assert verify(challenged(owner, now), right, now)[0] == "factor-blocked"
    assert owner.get("/api/v1/2fa/status").json["enabled"], "failures never switch it off"
    assert verify(challenged(owner, now), app.backup_codes[0], now)[0] == "open"
    assert verify(challenged(owner, now), right, now)[0] == "open"


def test_guesses_of_days_are_blocked_by_their_row_alone(owner: Client) -> None:
    app, now = factors.enable(owner), datetime.now(UTC)
    found = []
    for day in range(11):
        for _ in range(2):
            token = challenged(owner, now + timedelta(days=day))
            found += [verify(token, "000000", now + timedelta(days=day)) for _ in range(5)]
    assert [wait for _, wait in found] == [0] * 110
    assert found[99][0] == "code-wrong" and {slug for slug, _ in found[100:]} == {"factor-blocked"}
    assert app.backup_codes


def test_a_code_is_good_at_its_window_and_once(owner: Client) -> None:
    app, now = factors.enable(owner), datetime.now(UTC) + timedelta(hours=1)
    step = int(now.timestamp()) // 30
    tried = [(step - 2, "code-wrong"), (step + 2, "code-wrong"), (step - 1, "open"), (step - 1, "code-spent"),
             (step, "open"), (step, "code-spent"), (step - 1, "code-spent"), (step + 1, "open")]  # fmt: skip
    assert [(at, verify(challenged(owner, now), app.code_of(at), now)[0]) for at, _ in tried] == tried


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

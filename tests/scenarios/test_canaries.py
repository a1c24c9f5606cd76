"""No secret is stored or logged in the clear: every operation is called, then every row and every log is searched."""

import base64
import binascii
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pydantic import TypeAdapter

from shared.core.files import File
from tests.support.client import Answer, Client, Request
from tests.support.database import Database
from tests.support.examples import Operation, new_caller, operations
from tests.support.stack import Stack

SECRETS = {
    "password", "new_password", "current_password", "access_token", "refresh_token", "token", "invite_token",
    "challenge_token", "secret", "otpauth_url", "qr_png", "code", "backup_codes", "key", "api_key",
}  # fmt: skip
OPEN_CODES = {"coupons"}  # whose codes are printed on leaflets, and in the database for who looks them up
SHORTEST = 10  # characters; a code of six digits is found by chance
IN_MAILS = re.compile(r"[?&]\w+=([A-Za-z0-9_-]{20,})")
ALL = operations()


class Place(NamedTuple):
    name: str  # a table or a log
    text: str


def secrets_in(value: Any, name: str = "") -> Iterator[str]:
    """The texts of a JSON value that stand under a name of a secret."""
    if isinstance(value, dict):
        for inner, part in value.items():
            yield from secrets_in(part, inner)
    elif isinstance(value, list):
        for part in value:
            yield from secrets_in(part, name)
    elif name in SECRETS and isinstance(value, str) and len(value) >= SHORTEST:
        yield value


def forms(secret: str) -> Iterator[str]:
    """How it may stand in a text: as it is; or it, or the bytes that it encodes, in hexadecimal or base64."""
    yield secret
    meant = [secret.encode()]
    for decode in (base64.urlsafe_b64decode, base64.b32decode):
        with suppress(ValueError, binascii.Error):
            meant.append(decode(secret + "=" * (-len(secret) % (4 if decode is base64.urlsafe_b64decode else 8))))
    for octets in meant:
        if len(octets) >= SHORTEST:
            yield octets.hex()
            yield base64.b64encode(octets).rstrip(b"=").decode()


def rows(database: Database) -> Iterator[Place]:
    for [table] in database.run(
        "select oid::regclass::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
    ):
        for [row] in database.run(f"select kept::text from {table} as kept"):
            yield Place(str(table), str(row))


def logs(home: Path) -> Iterator[Place]:
    """What the functions, the stack and PostgreSQL have written."""
    for path in [home / "output", *home.glob("logs/**/*.log"), *home.glob("postgres/**/*log")]:
        if path.is_file():
            yield Place(str(path.relative_to(home)), path.read_text("utf-8", "replace"))


def leaks(secrets: dict[str, str], places: list[Place]) -> list[tuple[str, str]]:
    """Which secret (where it comes from) stands where."""
    wanted = [(source, form) for secret, source in secrets.items() for form in set(forms(secret))]
    return sorted({(source, place.name) for place in places for source, form in wanted if form in place.text})


def used(op: Operation, caller: Client) -> tuple[Request, Answer]:
    """The operation's one example, under an Idempotency-Key: what is kept to be repeated is searched too."""
    plain = op.example(caller)
    keyed = {"idempotency-key": "canary", **plain.headers}
    request = replace(plain, headers=keyed)
    return request, caller.send(request)


def plant(stack: Stack) -> dict[str, str]:
    """Every secret that went in or out, and where: passwords, tokens, seeds, codes, keys, links of mails."""
    found: dict[str, str] = {}
    for op in ALL:
        caller = new_caller(op, stack.database, stack.transport)
        request, answer = used(op, caller)
        assert answer.status == op.api.route.status, answer.body
        returned = answer.json if answer.body and answer.headers["content-type"] == "application/json" else None
        shown = [caller.account] if op.function.domain in OPEN_CODES else [caller.account, request.json, returned]
        found |= dict.fromkeys(secrets_in(shown), f"{op}")
        stack.control("/drain")
        named = caller.account.get("user") or caller.account["admin"]
        mailed = json.dumps(stack.mails(named["email"]))
        found |= dict.fromkeys(IN_MAILS.findall(mailed), f"mail of {op}")
    return found


def test_no_secret_is_found_in_a_dump_or_a_log(stack: Stack) -> None:
    planted = plant(stack)
    sources = set(planted.values())
    assert {repr(op) for op in ALL if op.api.secret} <= sources
    assert any(source.startswith("mail of") for source in sources)
    assert len(planted) > 2 * len(ALL), "two tokens of each sign-up at the least"
    places = [*rows(stack.database), *logs(stack.home)]
    assert {"users", "idempotency_keys", "outbox", "audit_logs", "output"} <= {place.name for place in places}
    assert leaks(planted, places) == []


@pytest.mark.parametrize("column", ["text", "bytea", "jsonb"])
def test_the_scan_finds_a_secret_however_it_is_stored(column: str, database: Database, tmp_path: Path) -> None:
    """The planted fault, in a table and in a log."""
    seed = base64.b32encode(b"twenty octets of seed").decode().rstrip("=")
    shown = {"text": seed, "bytea": "\\x" + b"twenty octets of seed".hex(), "jsonb": json.dumps({"secret": seed})}
    database.run(f"create table leaking (kept {column})")
    try:
        database.run(f"insert into leaking values (cast(:value as {column}))", value=shown[column])
        assert leaks({seed: "setup"}, list(rows(database))) == [("setup", "leaking")]
    finally:
        database.run("drop table leaking")
    (tmp_path / "output").write_text(f"sent {seed}\n")
    assert leaks({seed: "setup"}, list(logs(tmp_path))) == [("setup", "output")]


@pytest.mark.parametrize("op", [op for op in ALL if op.api.takes_key], ids=repr)
def test_an_operation_that_answers_a_secret_says_so(op: Operation) -> None:
    """`Api(secret=True)`: such an answer must not be kept under an Idempotency-Key."""
    answer = op.api.route.answer
    if answer is None or (isinstance(answer, type) and issubclass(answer, File)):
        return
    if op.function.domain in OPEN_CODES:
        return
    properties = re.findall(r'"(\w+)": \{', json.dumps(TypeAdapter(answer).json_schema(mode="serialization")))
    assert not SECRETS & set(properties)

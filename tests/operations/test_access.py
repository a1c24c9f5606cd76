"""Who may call what: made from the specs around each operation's one example, so that no operation can be forgotten."""

import importlib
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import TypeAdapter
from sqlalchemy import TableClause

from shared.core import permissions, tokens
from shared.core.call import OF_KEYS, SCOPES
from tests.support import admins, lambdas
from tests.support.client import Client, Request
from tests.support.database import Database
from tests.support.examples import ROLES, Operation, key, member, new_caller, operation, operations
from tools.functions import Function

ALL = operations()
SIGNED_IN = [op for op in ALL if not op.api.public]
OF_USERS = [op for op in SIGNED_IN if not op.is_for_admins]
OF_ADMINS = [op for op in SIGNED_IN if op.api.audience == "admin"]
BODIES = [op for op in ALL if op.api.route.body and op.api.route.body.media_type == "application/json"]


@pytest.mark.parametrize("function", lambdas.apis(), ids=lambda function: function.name)
def test_every_operation_has_an_example_that_succeeds(function: Function, database: Database) -> None:
    op = operation(function)
    caller = new_caller(op, database)
    answer = caller.send(op.example(caller))
    assert answer.status == op.api.route.status, answer.body


def allowed(op: Operation, role: str) -> bool:
    return op.api.scope is None or op.api.scope in SCOPES[role]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("op", OF_USERS, ids=repr)
def test_a_role_does_what_its_scopes_say(op: Operation, role: str, owner: Client, database: Database) -> None:
    caller = member(owner, role, database)
    answer = caller.send(op.example(caller if op.own else owner))
    if allowed(op, role):
        assert answer.status == op.api.route.status, answer.body
    else:
        assert answer.status == 403
        assert answer.json["type"] == "/problems/forbidden"


@pytest.mark.parametrize("role", admins.ROLES)
@pytest.mark.parametrize("op", OF_ADMINS, ids=repr)
def test_an_admin_does_what_his_permissions_say(op: Operation, role: str, database: Database, admin: Client) -> None:
    caller = admins.new_admin(database, role)
    permitted = op.api.permission is None or op.api.permission in permissions.ROLES[role]
    own = op.own or op.api.permission is None
    answer = caller.send(op.example(caller if own and permitted else admin))
    if permitted:
        assert answer.status == op.api.route.status, answer.body
    else:
        assert answer.status == 403
        assert answer.json["permission"] == op.api.permission
        [[denied]] = database.run(
            "select count(*) from admin_audit_logs where admin_id = :id and operation = :op and outcome = 'refused'",
            id=caller.account["admin"]["id"], op=op.api.route.operation,
        )  # fmt: skip
        assert denied == 1


@pytest.mark.parametrize("op", OF_ADMINS, ids=repr)
def test_a_user_is_no_admin_whatever_his_role(op: Operation, admin: Client, owner: Client) -> None:
    answer = owner.send(op.example(admin))
    assert (answer.status, answer.json["type"]) == (403, "/problems/wrong-audience")


@pytest.mark.parametrize("op", [op for op in OF_USERS if op.api.audience == "user"], ids=repr)
def test_an_admin_is_no_user(op: Operation, admin: Client, owner: Client) -> None:
    answer = admin.send(op.example(owner))
    assert (answer.status, answer.json["type"]) == (403, "/problems/wrong-audience")


@pytest.mark.parametrize("op", SIGNED_IN, ids=repr)
def test_without_a_valid_token_nothing_is_judged(op: Operation, database: Database) -> None:
    caller = new_caller(op, database)
    request = op.example(caller)
    spoilt = Request(request.method, request.path, body=b"{spoilt", content_type="application/json")
    assert Client().send(spoilt).status == 401
    for token in ("x", f"{caller.token}x", "a.b.c"):
        answer = Client(token=token).send(spoilt)
        assert answer.status == 401
        assert answer.headers["content-type"] == "application/problem+json"


def another_key() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def worthless(caller: Client) -> dict[str, str]:
    """Tokens that name the caller and his session rightly, each wrong in one respect."""
    now, ours = datetime.now(UTC), os.environ["SIGNING_KEY"]
    mine = tokens.verify(str(caller.token), os.environ["VERIFYING_KEY"], now)
    if isinstance(mine, tokens.AdminClaims):
        admin = mine.admin_id, mine.session_id, mine.role
        named = {"iss": tokens.ISSUER, "sub": str(mine.admin_id), "sid": str(mine.session_id), "role": mine.role}
        named |= {"granted": "", "tid": str(uuid4())}
        lives = {"iat": int(now.timestamp()), "exp": int(now.timestamp()) + tokens.LIFETIME}
        earlier = now - timedelta(seconds=tokens.LIFETIME)
        return {
            "expired": tokens.issue_to_admin(*admin, earlier, ours, granted=""),
            "signed by another": tokens.issue_to_admin(*admin, now, another_key(), granted=""),
            "for users": tokens.sign(named | lives | {"aud": "user"}, ours),
            "for another service": tokens.sign(named | lives | {"aud": "mail"}, ours),
            "without a session": tokens.sign(named | lives | {"aud": "admin", "sid": ""}, ours),
        }
    who = mine.user_id, mine.tenant_id, mine.session_id, mine.role
    named = {"sub": str(mine.user_id), "tid": str(mine.tenant_id), "sid": str(mine.session_id), "role": mine.role}
    claims: dict[str, object] = {"iss": tokens.ISSUER, "aud": tokens.AUDIENCE, **named}
    claims |= {"iat": int(now.timestamp()), "exp": int(now.timestamp()) + tokens.LIFETIME}
    return {
        "expired": tokens.issue(*who, now - timedelta(seconds=tokens.LIFETIME), ours),
        "of tomorrow": tokens.issue(*who, now + timedelta(days=1), ours),
        "signed by another": tokens.issue(*who, now, another_key()),
        "of another issuer": tokens.sign(claims | {"iss": "https://issuer.example"}, ours),
        "for another service": tokens.sign(claims | {"aud": "mail"}, ours),
        "for admins": tokens.sign(claims | {"aud": "admin"}, ours),
        "without a session": tokens.sign(claims | {"sid": ""}, ours),
    }


@pytest.mark.parametrize("op", SIGNED_IN, ids=repr)
def test_a_token_that_is_not_for_us_is_refused(op: Operation, database: Database) -> None:
    path = re.sub("{[^}]*}", str(uuid4()), op.api.route.path)
    for reason, token in worthless(new_caller(op, database)).items():
        answer = Client(token=token).send(Request(op.api.route.method, path))
        assert answer.status == 401 or answer.json["type"] == "/problems/wrong-audience", (reason, answer.body)
        assert ("expired" in answer.json["detail"]) == (reason == "expired")


@pytest.mark.parametrize("op", SIGNED_IN, ids=repr)
def test_the_token_of_a_session_that_ended_is_refused(op: Operation, database: Database) -> None:
    caller = new_caller(op, database)
    request = op.example(caller)
    assert caller.post("/api/admin/logout" if op.is_for_admins else "/api/auth/logout").status == 204
    assert caller.send(request).status == 401


@pytest.mark.parametrize("op", OF_USERS, ids=repr)
def test_an_api_key_does_what_it_was_given_and_its_user_may(op: Operation, owner: Client, database: Database) -> None:
    request = op.example(owner)
    without = key(owner, *OF_KEYS - {op.api.scope})
    assert without.send(request).status == 403
    if op.api.scope not in OF_KEYS:
        return
    if op.api.scope not in SCOPES["viewer"]:
        assert key(owner, op.api.scope, role="viewer").send(request).status == 403
    exactly = key(owner, op.api.scope)
    answer = exactly.send(request)
    assert answer.status == op.api.route.status, answer.body
    for ended in ("revoked_at = created_at", "revoked_at = null, expires_at = created_at"):
        database.run(f"update api_keys set {ended} where id = :id", id=exactly.account["key_id"])
        assert exactly.send(request).status == 401


@pytest.mark.parametrize("op", [op for op in SIGNED_IN if "{" in op.api.route.path], ids=repr)
def test_an_id_that_is_no_uuid_is_not_found(op: Operation, database: Database) -> None:
    caller = new_caller(op, database)
    request = op.example(caller)
    path = "/".join("not-an-id" if part[:1] == "{" else part for part in op.api.route.path.split("/"))
    spoilt = replace(request, path=path)
    assert caller.send(spoilt).status == 404


@pytest.mark.parametrize("op", BODIES, ids=repr)
def test_a_bad_body_is_refused_with_pointers(op: Operation, database: Database) -> None:
    caller = new_caller(op, database)
    request = op.example(caller)
    for body, pointer in (
        ({**request.json, "no_such_field": 1}, "#/no_such_field"),
        ([request.json], "#"),
        ("text", "#"),
    ):
        answer = caller.send(replace(request, json=body))
        assert answer.status == 422, answer.body
        assert pointer in [error["pointer"].rstrip("/") for error in answer.json["errors"]]
    for body in (b"{", b"\xff\xfe", b"null") if op.api.route.body.optional else (b"", b"{", b"\xff\xfe", b"null"):
        answer = caller.send(replace(request, json=None, body=body, content_type="application/json"))
        assert answer.status == 422, body


@pytest.mark.parametrize("op", ALL, ids=repr)
def test_an_unknown_query_field_is_refused(op: Operation, database: Database) -> None:
    caller = new_caller(op, database)
    request = op.example(caller)
    joined = "&" if "?" in request.path else "?"
    path = f"{request.path}{joined}no_such_field=1"
    answer = caller.send(replace(request, path=path))
    assert answer.status == 422
    assert "#/query/no_such_field" in [error["pointer"] for error in answer.json["errors"]]


@pytest.mark.parametrize("op", [op for op in SIGNED_IN if op.api.takes_key], ids=repr)
def test_a_repeated_key_repeats_the_answer(op: Operation, database: Database) -> None:
    caller = new_caller(op, database)
    request = op.example(caller)
    keyed = replace(request, headers={"idempotency-key": "one"})
    first, second = caller.send(keyed), caller.send(keyed)
    if op.ends_session:
        assert second.status == 401
        return
    assert (second.status, second.body) == (first.status, first.body)
    assert second.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers


def server_side(op: Operation) -> set[str]:
    """Columns of the tables that the domain uses, and no part of the body knows."""
    assert op.api.route.body
    name = f"shared.domains.{op.function.domain}.tables"
    tables = vars(importlib.import_module(name)).values() if find_spec(name) else ()
    columns = {str(column.name) for table in tables if isinstance(table, TableClause) for column in table.columns}
    return columns - property_names(TypeAdapter(op.api.route.body.kind).json_schema())


def property_names(schema: Any) -> set[str]:
    parts = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    own = schema.get("properties", {}).keys() if isinstance(schema, dict) else ()
    return set(own).union(*map(property_names, parts))


def stuffed(value: Any, more: dict[str, object]) -> Iterator[Any]:
    """The same JSON with these fields in one of its objects, each in turn."""
    if isinstance(value, dict):
        yield value | more
        for name, part in value.items():
            yield from (value | {name: changed} for changed in stuffed(part, more))
    elif isinstance(value, list):
        for position, part in enumerate(value):
            yield from ([*value[:position], changed, *value[position + 1 :]] for changed in stuffed(part, more))


@pytest.mark.parametrize("op", BODIES, ids=repr)
def test_what_the_server_decides_cannot_be_sent(op: Operation, database: Database) -> None:
    caller = new_caller(op, database)
    request = op.example(caller)
    names = server_side(op)
    assert names
    for body in stuffed(request.json, {name: str(uuid4()) for name in names}):
        answer = caller.send(replace(request, json=body))
        assert answer.status == 422 or op.api.reads, "what only calculates may go on with the other rows"
        assert names <= set(re.findall(r'"pointer": ?"[^"]*/(\w+)"', answer.body.decode())), answer.body

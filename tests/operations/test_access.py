"""Who may call what: made from the specs around each operation's one example, so that no operation can be forgotten."""

import pytest

from shared.core.call import SCOPES
from tests.support import lambdas
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database
from tests.support.examples import ROLES, Operation, member, operation, operations

ALL = operations()
SIGNED_IN = [op for op in ALL if not op.api.public]
BODIES = [op for op in ALL if op.api.route.body and op.api.route.body.media_type == "application/json"]


@pytest.mark.parametrize("function", lambdas.apis(), ids=lambda function: function.name)
def test_every_operation_has_an_example_that_succeeds(function: lambdas.Function, owner: Client) -> None:
    op = operation(function)
    answer = owner.send(op.example(owner))
    assert answer.status == op.api.route.status, answer.body


def allowed(op: Operation, role: str) -> bool:
    return op.api.scope is None or op.api.scope in SCOPES[role]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("op", SIGNED_IN, ids=repr)
def test_a_role_does_what_its_scopes_say(op: Operation, role: str, owner: Client, database: Database) -> None:
    request = op.example(owner)
    answer = member(owner, role, database).send(request)
    if allowed(op, role):
        assert answer.status == op.api.route.status, answer.body
    else:
        assert answer.status == 403
        assert answer.json["type"] == "/problems/forbidden"


@pytest.mark.parametrize("op", SIGNED_IN, ids=repr)
def test_without_a_valid_token_nothing_is_judged(op: Operation, owner: Client) -> None:
    request = op.example(owner)
    spoilt = Request(request.method, request.path, body=b"{spoilt", content_type="application/json")
    assert Client().send(spoilt).status == 401
    for token in ("x", f"{owner.token}x", "a.b.c"):
        answer = Client(token=token).send(spoilt)
        assert answer.status == 401
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("op", [op for op in SIGNED_IN if "{" in op.api.route.path], ids=repr)
def test_another_tenants_id_is_not_found(op: Operation, owner: Client) -> None:
    request = op.example(owner)
    stranger = sign_up()
    assert stranger.send(request).status == 404
    assert owner.send(request).status == op.api.route.status, "and the stranger has changed nothing"


@pytest.mark.parametrize("op", [op for op in SIGNED_IN if "{" in op.api.route.path], ids=repr)
def test_an_id_that_is_no_uuid_is_not_found(op: Operation, owner: Client) -> None:
    request = op.example(owner)
    path = "/".join("not-an-id" if part[:1] == "{" else part for part in op.api.route.path.split("/"))
    spoilt = Request(request.method, path, request.json, request.body, request.content_type)
    assert owner.send(spoilt).status == 404


@pytest.mark.parametrize("op", BODIES, ids=repr)
def test_a_bad_body_is_refused_with_pointers(op: Operation, owner: Client) -> None:
    request = op.example(owner)
    for body, pointer in (
        ({**request.json, "no_such_field": 1}, "#/no_such_field"),
        ([request.json], "#"),
        ("text", "#"),
    ):
        answer = owner.send(Request(request.method, request.path, body))
        assert answer.status == 422, answer.body
        assert pointer in [error["pointer"].rstrip("/") for error in answer.json["errors"]]
    for body in (b"", b"{", b"\xff\xfe", b"null"):
        answer = owner.send(Request(request.method, request.path, body=body, content_type="application/json"))
        assert answer.status == 422, body


@pytest.mark.parametrize("op", ALL, ids=repr)
def test_an_unknown_query_field_is_refused(op: Operation, owner: Client) -> None:
    request = op.example(owner)
    joined = "&" if "?" in request.path else "?"
    path = f"{request.path}{joined}no_such_field=1"
    answer = owner.send(Request(request.method, path, request.json, request.body, request.content_type))
    assert answer.status == 422
    assert "#/query/no_such_field" in [error["pointer"] for error in answer.json["errors"]]


@pytest.mark.parametrize("op", [op for op in SIGNED_IN if op.api.takes_key], ids=repr)
def test_a_repeated_key_repeats_the_answer(op: Operation, owner: Client) -> None:
    request = op.example(owner)
    keyed = Request(
        request.method, request.path, request.json, request.body, request.content_type, {"idempotency-key": "one"}
    )
    first, second = owner.send(keyed), owner.send(keyed)
    if op.api.route.path == "/api/auth/logout":
        assert second.status == 401
        return
    assert (second.status, second.body) == (first.status, first.body)
    assert second.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers

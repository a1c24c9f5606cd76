"""Every operation that changes something leaves one audit row, in whose name it was; made around its one example."""

from typing import Any

import pytest

from shared.core.call import OF_KEYS
from tests.support.client import Client, Request
from tests.support.database import Database
from tests.support.examples import Operation, key, operations

SIGNED_IN = [op for op in operations() if not op.api.public]
CHANGES = [op for op in SIGNED_IN if op.api.changes]
Row = dict[str, Any]


def logged(owner: Client, database: Database) -> list[Row]:
    [[rows]] = database.run(
        "select coalesce(jsonb_agg(audit_logs order by at, id), '[]') from audit_logs where tenant_id = :id",
        id=owner.account["tenant"]["id"],
    )
    assert isinstance(rows, list)
    return rows


def with_key(request: Request, **headers: str) -> Request:
    return Request(request.method, request.path, request.json, request.body, request.content_type, headers)


@pytest.mark.parametrize("op", SIGNED_IN, ids=repr)
def test_a_change_leaves_one_row_and_nothing_else_does(op: Operation, owner: Client, database: Database) -> None:
    """The call is repeated under its key, and made once more with an input that is refused: neither is a change."""
    request = with_key(op.example(owner), **{"idempotency-key": "once"})
    before = len(logged(owner, database))
    answer = owner.send(request)
    assert answer.status == op.api.route.status, answer.body
    if op.api.takes_key:
        owner.send(request)
    refused = f"{request.path}{'&' if '?' in request.path else '?'}no_such_field=1"
    assert owner.send(Request(request.method, refused, request.json, request.body, request.content_type)).status >= 400
    rows = logged(owner, database)[before:]
    assert len(rows) == op.api.changes
    for row in rows:
        assert row["operation"] == op.api.route.operation
        assert row["target"] == request.path.partition("?")[0]
        assert (row["user_id"], row["api_key_id"]) == (owner.account["user"]["id"], None)
        assert row["client_ip"] == "127.0.0.1"
        assert len(row["request_id"]) == 32


@pytest.mark.parametrize("op", [op for op in CHANGES if op.api.scope in OF_KEYS], ids=repr)
def test_a_change_by_a_key_names_the_key_and_its_user(op: Operation, owner: Client, database: Database) -> None:
    request = op.example(owner)
    caller = key(owner, str(op.api.scope))
    answer = caller.send(request)
    assert answer.status == op.api.route.status, answer.body
    row = logged(owner, database)[-1]
    assert row["operation"] == op.api.route.operation
    assert (row["user_id"], row["api_key_id"]) == (owner.account["user"]["id"], caller.account["key_id"])

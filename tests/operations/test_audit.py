"""Every operation that changes something leaves one audit row, in whose name it was; made around its one example."""

from dataclasses import replace
from typing import Any

import pytest

from shared.core.call import OF_KEYS
from tests.support.client import Client, Request
from tests.support.database import Database
from tests.support.examples import Operation, key, new_caller, operations

SIGNED_IN = [op for op in operations() if not op.api.public]
CHANGES = [op for op in SIGNED_IN if op.api.changes]
ADMINS = "admin_audit_logs"
Row = dict[str, Any]


def logged(caller: Client, database: Database) -> list[Row]:
    """What is in the log of the caller's tenant, or of the admin himself."""
    table, who = (ADMINS, "admin") if "admin" in caller.account else ("audit_logs", "tenant")
    [[rows]] = database.run(
        f"select coalesce(jsonb_agg({table} order by at, id), '[]') from {table} where {who}_id = :id",
        id=caller.account[who]["id"],
    )
    assert isinstance(rows, list)
    return rows


def with_key(request: Request, **headers: str) -> Request:
    return replace(request, headers={**request.headers, **headers})


@pytest.mark.parametrize("op", SIGNED_IN, ids=repr)
def test_a_change_leaves_one_row_and_nothing_else_does(op: Operation, database: Database) -> None:
    """The call is repeated under its key, and made once more with an input that is refused: neither is a change."""
    caller = new_caller(op, database)
    request = with_key(op.example(caller), **{"idempotency-key": "once"})
    before = len(logged(caller, database))
    answer = caller.send(request)
    assert answer.status == op.api.route.status, answer.body
    if op.api.takes_key:
        caller.send(request)
    refused = f"{request.path}{'&' if '?' in request.path else '?'}no_such_field=1"
    assert caller.send(replace(request, path=refused)).status >= 400
    rows = logged(caller, database)[before:]
    assert len(rows) == op.api.changes
    for row in rows:
        assert row["operation"] == op.api.route.operation
        assert row["target"] == request.path.partition("?")[0]
        if op.is_for_admins:
            assert (row["admin_id"], row["outcome"]) == (caller.account["admin"]["id"], "done")
        else:
            assert (row["user_id"], row["api_key_id"], row["admin_id"]) == (caller.account["user"]["id"], None, None)
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

"""Each operation's successful call, made over HTTP through the whole stack as each role."""

import pytest

from shared.core.call import SCOPES
from tests.support import client
from tests.support.client import Client
from tests.support.examples import ROLES, Operation, member, new_caller, operations
from tests.support.stack import Stack

ALL = [op for op in operations() if not op.is_for_admins]  # those: test_permissions


@pytest.fixture(scope="module")
def boss(stack: Stack) -> Client:
    return client.sign_up(stack.transport)


@pytest.fixture(scope="module")
def team(stack: Stack, boss: Client) -> dict[str, Client]:
    return {role: member(boss, role, stack.database) for role in ROLES}


@pytest.mark.parametrize("op", ALL, ids=repr)
def test_each_role_over_http(op: Operation, boss: Client, team: dict[str, Client], stack: Stack) -> None:
    boss = client.sign_up(stack.transport) if op.ends_session else boss
    for role in ROLES:
        caller = member(boss, role, stack.database) if op.ends_session or op.own else team[role]
        answer = caller.send(op.example(caller if op.own else boss))
        allowed = op.api.public or op.api.scope is None or op.api.scope in SCOPES[role]
        assert answer.status == (op.api.route.status if allowed else 403), answer.body
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("op", [op for op in operations() if not op.api.public], ids=repr)
def test_without_a_token_over_http(op: Operation, stack: Stack) -> None:
    request = op.example(new_caller(op, stack.database, stack.transport))
    bare = Client(stack.transport).send(request)
    assert (bare.status, bare.json) == (401, {"message": "Unauthorized"}), "the gateway's own answer"
    forged = Client(stack.transport, "forged.token.here").send(request)
    assert forged.status == 401
    assert forged.headers["content-type"] == "application/problem+json"

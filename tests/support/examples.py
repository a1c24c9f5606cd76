"""The one successful call of each operation, as the tests of its function declare it."""

import importlib
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from typing import NamedTuple

from shared.core.call import SCOPES
from shared.entry.http import Api
from tests.support import admins, lambdas
from tests.support.client import PASSWORD, Client, Request, Transport, in_process, sign_up
from tests.support.database import Database
from tools.functions import Function

ROLES = tuple(SCOPES)


class Operation(NamedTuple):
    function: Function
    api: Api
    example: Callable[[Client], Request]
    round_trips: int
    own: bool  # it is about the caller's own things: who calls has to arrange it

    @property
    def ends_session(self) -> bool:
        ending = "identity/sign_out", "identity/close_tenant", "members/remove_member", "admins/log_out"
        return self.function.name in ending

    @property
    def is_for_admins(self) -> bool:
        """Whose example is an admin's; of what both may do it is a user's."""
        return self.api.audience == "admin" or self.function.domain == "admins"

    def __repr__(self) -> str:
        return self.function.name


def operation(function: Function) -> Operation:
    """AttributeError, naming the module, where a function has no `example`."""
    api = function.spec
    assert isinstance(api, Api)
    module = importlib.import_module(tested_by(function))
    usual = 1 if api.reads else 2
    return Operation(
        function, api, module.example, getattr(module, "ROUND_TRIPS", usual), getattr(module, "OWN", False)
    )


def operations() -> list[Operation]:
    """Those with an example; that each has one is a test of its own."""
    return [operation(function) for function in lambdas.apis() if find_spec(tested_by(function))]


def new_caller(op: Operation, database: Database, transport: Transport = in_process) -> Client:
    """Somebody new who may make the operation's call: the owner of a tenant, or a super admin."""
    return admins.new_admin(database, transport=transport) if op.is_for_admins else sign_up(transport)


def tested_by(function: Function) -> str:
    return f"tests.functions.{function.domain}.test_{function.stem}"


def member(owner: Client, role: str, database: Database) -> Client:
    """A new user who has this role in the owner's tenant. His row is moved: invites have tests of their own."""
    joining = sign_up(owner.transport)
    database.run(
        "update tenant_users set tenant_id = :tenant, role = :role where user_id = :user",
        tenant=owner.account["tenant"]["id"], role=role, user=joining.account["user"]["id"],
    )  # fmt: skip
    given = {"email": joining.account["user"]["email"], "password": PASSWORD}
    answer = Client(owner.transport).post("/api/auth/signin", given)
    assert answer.status == 200, answer.body
    return Client(owner.transport, answer.json["access_token"], answer.json)


def key(owner: Client, *scopes: str, role: str = "owner") -> Client:
    """An API key of the owner's, while the gateway keeps what the authorizer found: this, and his role then."""
    answer = owner.post("/api/api-keys", {"name": "test", "scopes": sorted(scopes)})
    assert answer.status == 201, answer.body
    made = answer.json
    claims = lambdas.authorize({"authorization": f"Bearer {made['key']}"}) | {"role": role}
    return Client(partial(in_process, claims=claims), made["key"], owner.account | {"key_id": made["id"]})

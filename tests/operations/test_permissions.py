"""Role × operation of the platform's admins: every cell of docs/permissions.md, asserted over HTTP."""

import pytest

from shared.core.permissions import PERMISSIONS, ROLES
from tests.support import admins
from tests.support.client import Client
from tests.support.database import Database
from tests.support.examples import Operation, new_caller, operations
from tests.support.stack import Stack
from tools import permissions

ASKED = [op for op in operations() if op.api.permission is not None]
OF_EVERYBODY = [op for op in operations() if op.is_for_admins and op.api.permission is None]


@pytest.fixture(scope="module")
def staff(stack: Stack) -> dict[str, Client]:
    return {role: admins.new_admin(stack.database, role, stack.transport) for role in ROLES}


@pytest.mark.parametrize("op", ASKED, ids=repr)
def test_a_role_does_what_the_matrix_says(op: Operation, staff: dict[str, Client], stack: Stack) -> None:
    arranging = new_caller(op, stack.database, stack.transport)
    request = op.example(arranging)
    for role, caller in staff.items():
        if op.api.permission in ROLES[role]:
            answer = caller.send(op.example(caller if op.own else arranging))
            assert answer.status == op.api.route.status, (role, answer.body)
        else:
            answer = caller.send(request)
            assert (answer.status, answer.json["permission"]) == (403, op.api.permission), (role, answer.body)


@pytest.mark.parametrize("op", OF_EVERYBODY, ids=repr)
def test_what_needs_no_permission_is_for_every_admin(op: Operation, stack: Stack) -> None:
    for role in ("super_admin",) if op.api.public else ROLES:
        caller = admins.new_admin(stack.database, role, stack.transport)
        answer = caller.send(op.example(caller))
        assert answer.status == op.api.route.status, (role, answer.body)


@pytest.mark.parametrize("op", ASKED, ids=repr)
def test_a_granted_permission_opens_its_operation(op: Operation, database: Database) -> None:
    """Where the input takes another permission besides, the refusal names that one."""
    viewer = admins.new_admin(database, "support_viewer")
    database.run(
        "update admins set granted = array[:permission] where id = :id",
        permission=op.api.permission, id=viewer.account["admin"]["id"],
    )  # fmt: skip
    answer = admins.logged_in(viewer).send(op.example(new_caller(op, database)))
    assert answer.status != 403 or answer.json["permission"] != op.api.permission, answer.body


def test_a_super_admin_may_everything_and_nobody_else_does() -> None:
    assert ROLES["super_admin"] == PERMISSIONS
    assert all(allowed < PERMISSIONS for role, allowed in ROLES.items() if role != "super_admin")


def test_support_staff_may_what_a_support_viewer_may_and_assigns_tickets() -> None:
    assert ROLES["support_viewer"] | {"assign_ticket"} < ROLES["support_staff"]


def test_the_document_has_a_row_for_each_operation_and_each_permission_without_one() -> None:
    text = permissions.document()
    for op in ASKED:
        marks = " | ".join("✓" if op.api.permission in ROLES[role] else "" for role in ROLES)
        assert f"| `{op.api.route.operation}` | {op.api.permission} | {marks} |" in text
    for name in PERMISSIONS - {str(op.api.permission) for op in ASKED}:
        assert f"\n| {name} |" in text
    for op in OF_EVERYBODY:
        assert op.api.public or f"\n* `{op.api.route.operation}`\n" in text

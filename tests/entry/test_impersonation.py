"""What an admin does in a user's name: both are named wherever it is kept, and much is refused."""

import hashlib
import re
from typing import Any
from uuid import uuid4

import pytest

from shared.entry.http import Api
from tests.functions.impersonation.acting import end, impersonate
from tests.functions.members.people import join
from tests.support.admins import new_admin
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database
from tests.support.endpoint import NoteIn, send
from tests.support.examples import Operation, operations

NEVER = {  # what nobody does in another's name: his password, second factor, keys, data, and who belongs to his tenant
    "identity/change_password",
    "identity/close_tenant",
    "identity/disable_second_factor",
    "identity/enable_second_factor",
    "identity/end_session",
    "identity/resend_verification",
    "identity/set_up_second_factor",
    "identity/step_up",
    "members/accept_invite",
    "members/add_member",
    "members/change_member",
    "members/create_api_key",
    "members/create_invite",
    "members/remove_member",
    "members/revoke_api_key",
    "second_factor/regenerate_backup_codes",
    "tenancy/get_export",
    "tenancy/request_export",
}
ALWAYS = {"identity/sign_out", "impersonation/end_impersonation"}  # also where it only reads
OF_USERS = [op for op in operations() if not (op.api.public or op.api.audience == "admin")]
REFUSED = [op for op in OF_USERS if op.api.impersonation == "never"]
READ_ONLY = [op for op in OF_USERS if op.api.changes and op.api.impersonation == "allowed"]


def asked(acting: Client, database: Database) -> list[list[object]]:
    """What the admins' log has of it, without how it began."""
    return database.run(
        "select outcome, operation, target from admin_audit_logs where admin_id = :admin and user_id = :user"
        " and tenant_id = :tenant order by at, id",
        admin=acting.account["admin"]["id"], user=acting.account["user"]["id"], tenant=acting.account["tenant"]["id"],
    )  # fmt: skip


def changes(acting: Client, database: Database) -> list[list[object]]:
    """What the tenant's own log has, by whom."""
    return database.run(
        "select operation, user_id::text, admin_id::text from audit_logs where tenant_id = :id order by at, id",
        id=acting.account["tenant"]["id"],
    )


def both(acting: Client) -> list[str]:
    return [acting.account["user"]["id"], acting.account["admin"]["id"]]


# Both names


def test_what_is_read_is_in_the_admins_log(admin: Client, owner: Client, database: Database) -> None:
    acting = impersonate(admin, owner)
    assert acting.get("/api/quotes", limit=5).status == 200
    assert asked(acting, database) == [["asked", "GET /api/quotes", "/api/quotes"]]
    assert changes(acting, database) == []


def test_what_is_changed_is_in_both_logs_with_both_names(admin: Client, owner: Client, database: Database) -> None:
    acting = impersonate(admin, owner, allow_writes=True)
    assert acting.post("/api/parties", {"person_name": "Meena"}).status == 201
    assert asked(acting, database) == [["asked", "POST /api/parties", "/api/parties"]]
    assert changes(acting, database) == [["POST /api/parties", *both(acting)]]
    owner.post("/api/parties", {"person_name": "Ravi"})
    assert changes(acting, database)[-1] == ["POST /api/parties", owner.account["user"]["id"], None]


def test_what_fails_is_in_the_admins_log_all_the_same(admin: Client, owner: Client, database: Database) -> None:
    acting = impersonate(admin, owner, allow_writes=True)
    api = Api(scope="quotes:write")

    @api.post("/api/broken", status=201)
    def break_down(note: NoteIn) -> None:
        raise ZeroDivisionError

    answers = [
        acting.post("/api/parties", {"nope": 1}),
        acting.get(f"/api/quotes/{uuid4()}"),
        send(api, acting, json={"body": "one"}),
    ]
    assert [answer.status for answer in answers] == [422, 404, 500]
    assert [row[:2] for row in asked(acting, database)] == [
        ["asked", "POST /api/parties"],
        ["asked", "GET /api/quotes/{quote_id}"],
        ["asked", "POST /api/broken"],
    ]
    assert changes(acting, database) == []


def test_what_is_refused_is_in_the_admins_log_as_refused(admin: Client, owner: Client, database: Database) -> None:
    acting = impersonate(admin, owner)
    refused = [
        acting.post("/api/parties", {"person_name": "Meena"}),
        acting.post("/api/tenant/export"),
        acting.get("/api/admin/profile"),
    ]
    assert [answer.json["type"].removeprefix("/problems/") for answer in refused] == [
        "impersonation-read-only", "impersonation-refused", "wrong-audience",
    ]  # fmt: skip
    assert asked(acting, database) == [
        ["refused", "POST /api/parties", "/api/parties"],
        ["refused", "POST /api/tenant/export", "/api/tenant/export"],
        ["refused", "GET /api/admin/profile", "/api/admin/profile"],
    ]
    assert changes(acting, database) == []


def test_its_end_is_in_both_logs(admin: Client, owner: Client, database: Database) -> None:
    acting = impersonate(admin, owner)
    assert end(acting) == 204
    assert [row[:2] for row in asked(acting, database)] == [["asked", "POST /api/admin/impersonate/end"]]
    assert changes(acting, database) == [["POST /api/admin/impersonate/end", *both(acting)]]


def test_after_its_end_nothing_is_asked(admin: Client, owner: Client, database: Database) -> None:
    acting = impersonate(admin, owner)
    end(admin)
    assert acting.get("/api/quotes").status == 401
    assert asked(acting, database) == []


# What is refused


def test_these_are_never_done_in_anothers_name() -> None:
    found = {op.function.name for op in operations() if op.api.impersonation == "never"}
    print("never in another's name:", *sorted(found))
    assert found >= NEVER
    assert {op.function.name for op in operations() if op.api.impersonation == "always"} == ALWAYS


def test_nor_is_what_wants_a_fresh_second_factor() -> None:
    """The admin could not show the user's; and what is that dangerous is the user's alone."""
    assert {op for op in OF_USERS if op.api.step_up} <= set(REFUSED)


def test_nor_is_what_shows_a_secret() -> None:
    assert {op for op in OF_USERS if op.api.secret} <= set(REFUSED)


def spoilt(op: Operation) -> Request:
    """The operation with ids of nothing and no JSON: who is refused is refused before any of it is judged."""
    path = re.sub("{[^}]*}", str(uuid4()), op.api.route.path)
    return Request(op.api.route.method, path, body=b"{spoilt", content_type="application/json")


@pytest.fixture(scope="module")
def callers(database: Database) -> dict[bool, Client]:
    """Admins in an owner's name, by whether they may write."""
    return {writes: impersonate(new_admin(database), sign_up(), allow_writes=writes) for writes in (False, True)}


@pytest.mark.parametrize("op", REFUSED, ids=repr)
def test_it_is_refused_whatever_the_admin_may(op: Operation, callers: dict[bool, Client]) -> None:
    for acting in callers.values():
        answer = acting.send(spoilt(op))
        assert (answer.status, answer.json["type"]) == (403, "/problems/impersonation-refused")


@pytest.mark.parametrize("op", READ_ONLY, ids=repr)
def test_a_change_is_refused_where_it_only_reads(op: Operation, callers: dict[bool, Client]) -> None:
    answer = callers[False].send(spoilt(op))
    assert (answer.status, answer.json["type"]) == (403, "/problems/impersonation-read-only")
    assert callers[True].send(spoilt(op)).status in (404, 415, 422)


def test_calculating_is_reading(admin: Client, owner: Client) -> None:
    acting = impersonate(admin, owner)
    op = next(op for op in OF_USERS if op.function.name == "pricing/price_box")
    assert acting.send(op.example(owner)).status == 200


# The admin's own


def test_he_comes_from_where_he_may_in_his_own_name(admin: Client, owner: Client, database: Database) -> None:
    acting = impersonate(admin, owner)
    database.run(
        "insert into admin_ip_whitelist (id, admin_id, network, label, enabled, created_by, created_at)"
        " values (gen_random_uuid(), :id, '127.0.0.0/8', 'office', true, :id, now())", id=admin.account["admin"]["id"],
    )  # fmt: skip
    elsewhere = acting.send(Request("GET", "/api/quotes", headers={"x-test-ip": "203.0.113.9"}))
    assert (elsewhere.status, elsewhere.json["type"]) == (403, "/problems/address-not-allowed")
    assert acting.get("/api/quotes").status == 200
    owners = owner.send(Request("GET", "/api/quotes", headers={"x-test-ip": "203.0.113.9"}))
    assert owners.status == 200
    database.run("update admin_sessions set break_glass = true where admin_id = :id", id=admin.account["admin"]["id"])
    assert acting.send(Request("GET", "/api/quotes", headers={"x-test-ip": "203.0.113.9"})).status == 200


def test_the_admins_rate_limit_is_charged_and_not_the_users(admin: Client, owner: Client, database: Database) -> None:
    acting = impersonate(admin, owner)
    database.run("delete from rate_limits")
    acting.get("/api/quotes")
    charged = hashlib.sha256(f"admin {acting.account['admin']['id']}".encode()).digest()
    assert database.run("select key from rate_limits") == [[charged]]


def test_his_idempotency_keys_are_not_the_users(admin: Client, owner: Client, database: Database) -> None:
    acting = impersonate(admin, owner, allow_writes=True)

    def add(caller: Client) -> Any:
        answer = caller.post("/api/parties", {"person_name": "Meena"}, idempotency_key="one")
        assert answer.status == 201, answer.body
        return answer.json["id"]

    ids = [add(owner), add(acting), add(owner), add(acting)]
    assert ids[:2] == ids[2:] and ids[0] != ids[1]
    assert [row[1:] for row in changes(acting, database)] == [[owner.account["user"]["id"], None], both(acting)]
    end(acting)
    colleague = impersonate(admin, join(owner, "staff"), allow_writes=True)
    assert add(colleague) not in ids, "what he does for another is another request"

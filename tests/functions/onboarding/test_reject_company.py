"""POST /api/admin/users/{user_id}/reject."""

from uuid import uuid4

import pytest

from tests.functions.onboarding.companies import REASON, decide, mails, rejected, standing, submitted, waiting
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("POST", f"/api/admin/users/{waiting(admin).account['user']['id']}/reject", {"reason": REASON})


def test_its_owners_read_the_reason_and_it_is_on_record(admin: Client, owner: Client, database: Database) -> None:
    rejected(admin, submitted(owner))
    assert standing(owner) == "rejected"
    tenant = owner.account["tenant"]["id"]
    [[to, values]] = mails(database, "APPROVAL_REJECTED", tenant=tenant)
    assert isinstance(values, dict)
    assert (to, values["reason"]) == (owner.account["user"]["email"], REASON)
    found = "select admin_id::text, decision, reason from onboarding_decisions where tenant_id = :id"
    assert database.run(found, id=tenant) == [[admin.account["admin"]["id"], "rejected", REASON]]


@pytest.mark.parametrize("reason", ["too short", " " * 12, "\u200b" * 12, "seemingly\x00", 10 * [1]])
def test_a_reason_says_something(admin: Client, owner: Client, reason: object) -> None:
    path = f"/api/admin/users/{submitted(owner).account['user']['id']}/reject"
    answer = admin.post(path, {"reason": reason})
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "#/reason")
    assert standing(owner) == "pending"


def test_only_what_waits_is_decided(admin: Client, owner: Client) -> None:
    assert decide(admin, sign_up(), "reject", {"reason": REASON}) == 409
    assert decide(admin, rejected(admin, submitted(owner)), "reject", {"reason": REASON}) == 409
    assert admin.post(f"/api/admin/users/{uuid4()}/reject", {"reason": REASON}).status == 404

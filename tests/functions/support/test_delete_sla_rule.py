"""DELETE /api/support/sla-rules/{id}."""

import uuid

from tests.functions.support.desk import open_ticket, seen
from tests.functions.support.promises import ALONE, RULES, add_rule, follow
from tests.functions.support.test_create_sla_rule import minutes
from tests.support.client import Client, Request
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("DELETE", f"{RULES}/{add_rule(admin)['id']}")


def test_what_holds_without_rules_is_promised_again(owner: Client, admin: Client, database: Database) -> None:
    rule = add_rule(admin)
    ticket = open_ticket(owner, **ALONE)
    assert admin.delete(f"{RULES}/{rule['id']}").status == 204
    assert admin.get(RULES).json["items"] == []
    follow(database)
    assert minutes(seen(owner, ticket), "resolution_due") == 2880


def test_there_is_no_such_rule(admin: Client) -> None:
    assert admin.delete(f"{RULES}/{uuid.uuid4()}").json["type"] == "/problems/sla-rule-not-found"

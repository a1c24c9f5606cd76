"""PUT /api/support/assignment-rules."""

import pytest

from tests.functions.support.agents import RULES, empty_desk, rule
from tests.support.client import Client, Request
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("PUT", RULES, {"strategy": "hybrid", "by_category": {"billing": "expertise_match"}})


def test_what_is_left_out_is_gone(admin: Client) -> None:
    first = rule(admin, "least_busy", billing="round_robin", security="expertise_match")
    assert first.status == 200
    assert admin.get(RULES).json == first.json
    second = admin.send(Request("PUT", RULES, {"by_category": {"security": "hybrid"}}))
    assert second.json == {"strategy": "hybrid", "by_category": {"security": "hybrid"}}
    assert admin.get(RULES).json == second.json


def test_a_round_robin_that_stays_goes_on_where_it_was(admin: Client, database: Database) -> None:
    empty_desk(database)
    rule(admin, "round_robin", billing="round_robin")
    database.run("update support_assignment_rules set turn = gen_random_uuid()")
    turns = database.run("select category, turn from support_assignment_rules order by category")
    rule(admin, "round_robin", billing="round_robin")
    assert database.run("select category, turn from support_assignment_rules order by category") == turns


@pytest.mark.parametrize(
    ("rules", "pointer"),
    [
        ({"strategy": "by_name"}, "#/strategy"),
        ({"by_category": {"billing": "by_name"}}, "#/by_category/billing"),
        ({"by_category": {"cooking": "hybrid"}}, "#/by_category/cooking"),
        ({"by_category": {"*": "hybrid"}}, "#/by_category/*"),
    ],
)
def test_bad_input_is_pointed_at(admin: Client, rules: object, pointer: str) -> None:
    refused = admin.send(Request("PUT", RULES, rules))
    assert refused.status == 422
    assert [error["pointer"] for error in refused.json["errors"]] == [pointer]

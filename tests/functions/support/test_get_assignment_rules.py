"""GET /api/support/assignment-rules."""

from tests.functions.support.agents import RULES, empty_desk, rule
from tests.support.client import Client, Request
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("GET", RULES)


def test_it_is_hybrid_until_somebody_says_otherwise(admin: Client, database: Database) -> None:
    empty_desk(database)
    assert admin.get(RULES).json == {"strategy": "hybrid", "by_category": {}}
    rule(admin, "least_busy", billing="round_robin")
    assert admin.get(RULES).json == {"strategy": "least_busy", "by_category": {"billing": "round_robin"}}

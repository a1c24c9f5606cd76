"""GET /api/support/sla-rules."""

from shared.domains.support.rules.escalation import TARGETS
from tests.functions.support.promises import HOUR, RULES, add_rule, make_room
from tests.support import lambdas
from tests.support.client import Client, Request


def example(admin: Client) -> Request:
    add_rule(admin)
    return Request("GET", RULES)


def test_newest_first_page_by_page(admin: Client) -> None:
    make_room(admin)
    given = [HOUR | {"priority": priority, "category": "data_export"} for priority in TARGETS]
    made = [admin.post(RULES, rule).json for rule in given]
    first = admin.get(RULES, limit=3).json
    second = admin.get(RULES, limit=3, cursor=first["next_cursor"]).json
    assert [*first["items"], *second["items"]] == made[::-1]
    make_room(admin)


def test_its_description_tells_what_holds_without_rules() -> None:
    text = lambdas.spec("support", "list_sla_rules").route.description
    for priority, targets in TARGETS.items():
        assert f"{priority} {targets.first_response}, {targets.resolution}, {targets.escalate_after}" in text

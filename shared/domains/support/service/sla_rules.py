"""Rules: what tickets are promised by priority and category. Every change is a promise of open tickets too.

Without a rule the desk is open around the clock and has the targets of rules/escalation.py.
"""

from collections.abc import Collection
from uuid import UUID

from shared.core import outbox, paging
from shared.core.call import Call
from shared.core.errors import Invalid
from shared.core.ids import new_id
from shared.core.paging import Page
from shared.domains.support.errors import CalendarNotFound, SlaRuleNotFound, SlaRuleTaken
from shared.domains.support.events import SlaChanged
from shared.domains.support.queries import sla_rules as queries
from shared.domains.support.rows.sla import SlaRuleRow
from shared.domains.support.schemas.sla_rules import SlaRule, SlaRuleChanges, SlaRuleIn

CLEARABLE = ("calendar_id", "return_after")


def list_rules(call: Call, limit: int, cursor: str | None) -> Page[SlaRule]:
    """Newest first."""
    rows = queries.rules_page(call.connection, after=paging.after(cursor), limit=limit + 1)
    return paging.page(rows, limit, _shown)


def create_rule(call: Call, given: SlaRuleIn) -> SlaRule:
    """SlaRuleTaken, CalendarNotFound; Invalid for targets that contradict each other."""
    rule = SlaRuleRow(id=new_id(call.now), created_at=call.now, updated_at=call.now, **given.model_dump())
    _check(call, rule, given.model_fields_set)
    queries.add_rule(call.connection, rule=rule)
    outbox.announce(call, SlaChanged())
    return _shown(rule)


def change_rule(call: Call, id: UUID, given: SlaRuleChanges) -> SlaRule:
    """SlaRuleNotFound, CalendarNotFound; Invalid for targets that contradict each other then."""
    rule = queries.rule_to_change(call.connection, id=id)
    if rule is None:
        raise SlaRuleNotFound
    sent = given.model_dump(exclude_unset=True)
    changes = {name: value for name, value in sent.items() if value is not None or name in CLEARABLE}
    rule = rule._replace(**changes, updated_at=call.now)
    _check(call, rule, given.model_fields_set)
    queries.change_rule(call.connection, rule=rule)
    outbox.announce(call, SlaChanged())
    return _shown(rule)


def delete_rule(call: Call, id: UUID) -> None:
    """SlaRuleNotFound. Its tickets are promised what the rule of all categories says, or what holds without any."""
    if not queries.delete_rule(call.connection, id=id):
        raise SlaRuleNotFound
    outbox.announce(call, SlaChanged())


def _check(call: Call, rule: SlaRuleRow, sent: Collection[str]) -> None:
    call.refusals["sla_rules_of_key"] = SlaRuleTaken()
    call.refusals["sla_rules_calendar_id_fkey"] = CalendarNotFound.named_in_body()
    for name in ("first_response", "escalate_after"):
        minutes = getattr(rule, name)
        if minutes <= rule.resolution:
            continue
        if "resolution" in sent and name not in sent:
            raise Invalid.at("#/resolution", f"Give at least the {minutes} minutes of {name}, or change both.")
        raise Invalid.at(f"#/{name}", f"Give at most the {rule.resolution} minutes of the resolution.")


def _shown(row: SlaRuleRow) -> SlaRule:
    return SlaRule.model_validate(row._asdict())

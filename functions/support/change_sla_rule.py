"""Change what a rule promises; the deadlines of open tickets follow within moments."""

from uuid import UUID

from shared.domains.support.errors import CalendarNotFound, SlaRuleNotFound
from shared.domains.support.schemas.sla_rules import SlaRule, SlaRuleChanges
from shared.domains.support.service import sla_rules
from shared.entry.http import Api

api = Api(
    audience="admin", permission="manage_settings", needs=("outbox",), problems=(CalendarNotFound, SlaRuleNotFound)
)


@api.patch("/api/support/sla-rules/{rule_id}")
def change_sla_rule(rule_id: UUID, changes: SlaRuleChanges) -> SlaRule:
    return sla_rules.change_rule(api.call, rule_id, changes)


handler = api.handler

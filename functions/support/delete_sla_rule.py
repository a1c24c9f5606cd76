"""Delete a rule: its tickets are promised what holds without it."""

from uuid import UUID

from shared.domains.support.errors import SlaRuleNotFound
from shared.domains.support.service import sla_rules
from shared.entry.http import Api

api = Api(audience="admin", permission="manage_settings", needs=("outbox",), problems=(SlaRuleNotFound,))


@api.delete("/api/support/sla-rules/{rule_id}")
def delete_sla_rule(rule_id: UUID) -> None:
    sla_rules.delete_rule(api.call, rule_id)


handler = api.handler

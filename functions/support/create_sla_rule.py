"""Create a rule: what tickets of a priority, and of one category of it or of all the others, are promised.

Tickets that are open follow within moments.
"""

from shared.domains.support.errors import CalendarNotFound, SlaRuleTaken
from shared.domains.support.schemas.sla_rules import SlaRule, SlaRuleIn
from shared.domains.support.service import sla_rules
from shared.entry.http import Api

api = Api(audience="admin", permission="manage_settings", needs=("outbox",), problems=(CalendarNotFound, SlaRuleTaken))


@api.post("/api/support/sla-rules", status=201)
def create_sla_rule(rule: SlaRuleIn) -> SlaRule:
    return sla_rules.create_rule(api.call, rule)


handler = api.handler

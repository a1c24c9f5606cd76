"""Set by which strategy tickets are assigned, in place of what was set before.

round_robin: the next agent in turn. least_busy: who has most of the capacity left. expertise_match: the same among
those who know the category. hybrid: by expertise, free capacity and record.
"""

from shared.domains.support.schemas.agents import AssignmentRules
from shared.domains.support.service import assignment
from shared.entry.http import Api

api = Api(audience="admin", permission="manage_settings")


@api.put("/api/support/assignment-rules")
def set_assignment_rules(rules: AssignmentRules) -> AssignmentRules:
    return assignment.set_rules(api.call, rules)


handler = api.handler

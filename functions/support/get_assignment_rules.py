"""By which strategy tickets are assigned, of each category."""

from shared.domains.support.schemas.agents import AssignmentRules
from shared.domains.support.service import assignment
from shared.entry.http import Api

api = Api(audience="admin", permission="assign_ticket")


@api.get("/api/support/assignment-rules")
def get_assignment_rules() -> AssignmentRules:
    return assignment.get_rules(api.call)


handler = api.handler

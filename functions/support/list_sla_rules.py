"""List the rules of what tickets are promised, newest first.

Where there is none for a priority, its targets are these minutes around the clock (first response, resolution,
escalation): low 480, 2880, 2400; medium 240, 1440, 1200; high 60, 720, 600; urgent 15, 240, 180.
"""

from shared.core.paging import Cursor, Limit, Page
from shared.domains.support.schemas.sla_rules import SlaRule
from shared.domains.support.service import sla_rules
from shared.entry.http import Api

api = Api(audience="admin", permission="list_tickets")


@api.get("/api/support/sla-rules")
def list_sla_rules(limit: Limit = 20, cursor: Cursor | None = None) -> Page[SlaRule]:
    return sla_rules.list_rules(api.call, limit, cursor)


handler = api.handler

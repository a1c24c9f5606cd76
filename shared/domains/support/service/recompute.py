"""Open tickets follow what is promised now: after a change of rules or calendars, in slices, each an event.

Whatever changed, a slice looks for tickets that were promised something else than they would be today. So a slice that
is repeated, or two changes at once, come to the same.
"""

from typing import cast
from uuid import UUID

from shared.core import outbox
from shared.core.call import Call
from shared.domains.support.events import SlaChanged
from shared.domains.support.queries import recompute as queries
from shared.domains.support.rows.sla import ChangedRow
from shared.domains.support.rows.tickets import TicketRow
from shared.domains.support.rules.escalation import TARGETS
from shared.domains.support.rules.terms import default_terms
from shared.domains.support.rules.tickets import Priority
from shared.domains.support.service import clocks
from shared.domains.support.service.sweep import announced

SLICE = 100  # tickets a transaction: the worst calendars take a twentieth of a second for a deadline


def recompute(call: Call, after: UUID | None) -> None:
    """The next outdated tickets by id; what came due by the old promise is told, as it was broken."""
    queries.wait_for_turn(call.connection)
    defaults: dict[str, object] = {priority: default_terms(priority) for priority in TARGETS}
    ids = [row.id for row in queries.lock_outdated(call.connection, defaults=defaults, after=after, limit=SLICE)]
    if not ids:
        return
    tickets, told = [], []
    for row in queries.tickets_to_recompute(call.connection, ids=ids):
        ticket, events = clocks.noticed(TicketRow.new(**row._asdict()), call.now)
        told += announced(call, ticket, events)
        ticket = clocks.recomputed(clocks.promised(ticket, _terms(row)), call.now)
        tickets.append({"id": ticket.id, **{name: getattr(ticket, name) for name in queries.REWRITTEN}})
    queries.rewrite(call.connection, tickets=tickets, events=told, now=call.now)
    if len(ids) == SLICE:
        outbox.announce(call, SlaChanged(after=ids[-1]))


def _terms(row: ChangedRow) -> dict[str, object]:
    return row.rule or dict(default_terms(cast(Priority, row.priority)))

"""What was resolved is closed when nobody has answered for as many days as its terms say."""

from shared.core import outbox
from shared.core.call import Call
from shared.core.ids import new_id
from shared.domains.support.events import TicketClosed
from shared.domains.support.queries import closing as queries
from shared.domains.support.rows.tickets import Json

SLICE = 100  # tickets a transaction


def close_resolved(call: Call) -> int:
    """Close them, say so in their conversations, and announce each; how many."""
    rows = queries.close_resolved(call.connection, now=call.now, limit=SLICE)
    messages: list[Json] = []
    for row in rows:
        days = row.terms["close_after_days"]
        text = f"Closed: nobody has answered for {days} {'day' if days == 1 else 'days'}."
        messages.append({"id": new_id(call.now), "tenant_id": row.tenant_id, "ticket_id": row.id, "message": text})
        event = TicketClosed(ticket_id=row.id, number=row.number, link_id=None)
        outbox.announce(call, event, tenant_id=row.tenant_id)
    if rows:
        queries.add_system_messages(call.connection, given=messages, now=call.now)
    return len(rows)

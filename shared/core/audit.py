"""Who changed what: one row a change, written in the transaction of the change, never altered."""

from shared.core import queries
from shared.core.call import Call
from shared.core.ids import new_id


def note(call: Call, operation: str) -> None:
    """Deferred; `operation` is the route, the target the path with its ids."""
    queries.note_change(
        call.connection,
        id=new_id(call.now),
        tenant=call.tenant_id,
        user=call.user_id,
        api_key=call.actor.key_id,
        operation=operation,
        target=call.target.partition("?")[0],
        request_id=call.request_id,
        client_ip=call.client_ip,
        now=call.now,
    )

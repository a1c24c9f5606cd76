"""Who changed what: one row a change, written in the transaction of the change, never altered.

A user's changes are in his tenant's log, with the admin's name too where one impersonates him; an admin's are in the
admins' log, which also holds whatever was asked in a user's name, and what an admin was refused.
"""

from typing import Literal

from shared.core import queries
from shared.core.call import Call
from shared.core.ids import new_id


def note(call: Call, operation: str) -> None:
    """Deferred; `operation` is the route, the target the path with its ids."""
    if call.actor.is_admin:
        note_act(call, operation, "done")
        return
    queries.note_change(
        call.connection,
        id=new_id(call.now),
        tenant=call.tenant_id,
        user=call.user_id,
        api_key=call.actor.key_id,
        admin=call.actor.admin_id,
        operation=operation,
        target=_path(call),
        request_id=call.request_id,
        client_ip=call.client_ip,
        now=call.now,
    )


def note_act(call: Call, operation: str, outcome: Literal["done", "asked", "refused"]) -> None:
    """Of an admin, in his own name or a user's. Deferred."""
    queries.note_act_of_admin(
        call.connection,
        id=new_id(call.now),
        admin=call.admin_id,
        user=call.actor.user_id,
        tenant=call.actor.tenant_id,
        operation=operation,
        target=_path(call),
        outcome=outcome,
        request_id=call.request_id,
        client_ip=call.client_ip,
        now=call.now,
    )


def _path(call: Call) -> str:
    return call.target.partition("?")[0]

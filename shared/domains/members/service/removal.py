"""How somebody leaves a tenant."""

from uuid import UUID

from shared.core.call import Call
from shared.core.ids import new_id
from shared.domains.members import queries
from shared.domains.members.errors import LastOwner
from shared.domains.members.service.members import changeable
from shared.domains.pricing import public as pricing


def remove_member(call: Call, user_id: UUID) -> None:
    """Remove a member, or leave. What opened this tenant to him, sessions and API keys, is dead at once.

    His account is his own: he may sign in again, into an empty tenant of which he is the owner.
    """
    found = changeable(call, user_id)
    if found.role == "owner" and found.owners == 1:
        raise LastOwner
    own, connection = new_id(call.now), call.connection
    queries.add_own_tenant(connection, id=own, user=user_id, tenant=call.tenant_id, now=call.now)
    queries.move_member(connection, user=user_id, tenant=own, role="owner", now=call.now)
    queries.revoke_keys_of(connection, user=user_id, having=None, now=call.now)
    queries.end_sessions(connection, user=user_id, now=call.now)
    pricing.set_up(call, own)

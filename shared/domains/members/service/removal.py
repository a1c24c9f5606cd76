"""How somebody leaves a tenant."""

from uuid import UUID

from shared.core.call import Call
from shared.core.errors import Forbidden
from shared.domains.identity import public as identity
from shared.domains.members import queries
from shared.domains.members.errors import LastOwner
from shared.domains.members.service.members import changeable


def remove_member(call: Call, user_id: UUID) -> None:
    """Remove a member, which wants members:write, or leave. What opened this tenant to him, sessions and API keys, is
    dead at once.

    His account is his own: he may sign in again, into an empty tenant of which he is the owner.
    """
    if user_id != call.user_id and "members:write" not in call.actor.scopes:
        raise Forbidden(f"your role, {call.actor.role}, does not include members:write", scope="members:write")
    found = changeable(call, user_id)
    if found.role == "owner" and found.owners == 1:
        raise LastOwner
    own = identity.found_tenant(call, name=found.full_name, time_zone=found.time_zone, currency=found.currency)
    queries.move_member(call.connection, user=user_id, tenant=own, role="owner", now=call.now)
    identity.revoke_keys_of(call, user_id)
    identity.end_sessions_of(call, user_id)

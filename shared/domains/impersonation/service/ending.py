"""How an admin stops acting in a user's name; migration 0012 has what else ends it."""

from shared.core.call import Call
from shared.core.errors import Unauthenticated
from shared.domains.admins import public as admins
from shared.domains.identity import public as identity
from shared.domains.impersonation import queries


def end(call: Call) -> None:
    """End what the admin does in a user's name, be it asked with his own token or with that; nothing to end is fine."""
    session_id = call.actor.session_id
    if session_id is None:
        raise Unauthenticated
    for living in queries.living(call.connection, admin_id=call.admin_id, session=session_id, now=call.now):
        queries.end_session(call.connection, id=living.id, now=call.now)
        admins.note(call, "impersonation_end", call.admin_id)
        identity.note(call, "impersonation_ended", user=living.user_id, tenant=living.tenant_id)

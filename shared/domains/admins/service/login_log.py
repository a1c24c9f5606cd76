"""The log of who logged in, failed to, logged out, from where."""

from uuid import UUID

from shared.core.call import Call
from shared.core.ids import new_id
from shared.domains.admins.queries import sessions as queries


def note(call: Call, event: str, admin_id: UUID | None) -> None:
    """One row, in the transaction of what it tells of. Where the call is refused, by a Problem that `keeps`."""
    queries.note_event(
        call.connection,
        id=new_id(call.now),
        admin_id=admin_id,
        event=event,
        client_ip=call.client_ip,
        user_agent=call.user_agent,
        now=call.now,
    )


def note_reuse(call: Call, digest: bytes) -> None:
    """A refresh token came a second time: noted for the admin it belongs to."""
    queries.note_reuse(
        call.connection,
        id=new_id(call.now),
        digest=digest,
        event="token_reused",
        client_ip=call.client_ip,
        user_agent=call.user_agent,
        now=call.now,
    )

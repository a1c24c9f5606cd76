"""Where an admin is logged in."""

from shared.core import paging
from shared.core.call import Call
from shared.core.devices import device
from shared.core.paging import Page
from shared.domains.admins import rules
from shared.domains.admins.queries import sessions as queries
from shared.domains.admins.rows import AdminSessionRow
from shared.domains.admins.schemas.accounts import AdminSession


def list_sessions(call: Call, *, limit: int, cursor: str | None) -> Page[AdminSession]:
    """The caller's own that are not over, newest first."""
    rows = queries.sessions_page(
        call.connection,
        admin_id=call.admin_id,
        after=paging.after(cursor),
        limit=limit + 1,
        now=call.now,
        seen_after=call.now - rules.IDLE,
    )

    def shown(row: AdminSessionRow) -> AdminSession:
        return AdminSession(
            id=row.id,
            device=device(row.user_agent),
            address=row.client_ip,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            current=row.id == call.actor.session_id,
        )

    return paging.page(rows, limit, shown)

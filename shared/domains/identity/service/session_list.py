"""Where a user is signed in."""

from shared.core import paging
from shared.core.call import Call
from shared.core.devices import device
from shared.core.paging import Page
from shared.domains.identity.queries import sessions as queries
from shared.domains.identity.rows import SessionRow
from shared.domains.identity.schemas import Session


def list_sessions(call: Call, *, limit: int, cursor: str | None) -> Page[Session]:
    """The user's own that have not ended, and for an owner those of support in any member's name; newest first."""
    rows = queries.sessions_page(
        call.connection,
        user=call.user_id,
        owner=call.actor.role == "owner",
        after=paging.after(cursor),
        limit=limit + 1,
        now=call.now,
    )

    def shown(row: SessionRow) -> Session:
        return Session(
            id=row.id,
            device=device(row.user_agent),
            address=row.client_ip,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            current=row.id == call.actor.session_id,
            user_id=row.user_id,
            impersonated_by=f"BoxCostPro support ({row.impersonated_by})" if row.impersonated_by else None,
        )

    return paging.page(rows, limit, shown)

"""Who belongs to a tenant; apart from what changes that, so that listing loads little."""

from shared.core import paging
from shared.core.call import Call
from shared.core.paging import After, Page
from shared.domains.members import queries
from shared.domains.members.schemas import Member


def list_members(call: Call, limit: int, cursor: str | None) -> Page[Member]:
    """First who joined first."""
    rows = queries.members(call.connection, after=paging.after(cursor), limit=limit + 1)
    return paging.page(rows, limit, lambda row: Member(**row._asdict()), lambda row: After(row.joined_at, row.id))

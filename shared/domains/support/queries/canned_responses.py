"""Statements on canned responses."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Delete, Insert, Update, or_, select

from shared.core import query
from shared.core.paging import After
from shared.core.query import Nullable
from shared.core.tables import Rows, newest_first, patched
from shared.domains.support.rows.agents import CannedResponseRow
from shared.domains.support.rows.tickets import Json
from shared.domains.support.tables import support_canned_responses as responses

shown = tuple(responses.c[name] for name in CannedResponseRow._fields)


@query.later
def add_response(
    *, id: UUID, title: str, body: str, category: Nullable[str], created_by: UUID, now: datetime
) -> Insert:
    return responses.insert().values(
        id=id, title=title, body=body, category=category, created_by=created_by, created_at=now, updated_at=now
    )


@query.all_(CannedResponseRow)
def responses_page(*, category: str | None, after: After | None, limit: int) -> Rows:
    """Newest first. Of a category also those for any."""
    found = select(*shown)
    if category is not None:
        found = found.where(or_(responses.c.category == category, responses.c.category.is_(None)))
    return newest_first(found, responses.c.created_at, responses.c.id, after, limit)


@query.maybe(CannedResponseRow)
def change_response(*, id: UUID, changes: Json, now: datetime) -> Update:
    values = patched(responses, changes, "title", "body", "category") | {"updated_at": now}
    return responses.update().where(responses.c.id == id).values(values).returning(*shown)


@query.count
def delete_response(*, id: UUID) -> Delete:
    return responses.delete().where(responses.c.id == id)

"""Answers that agents keep ready, for each other too."""

from uuid import UUID

from shared.core import paging
from shared.core.call import Call
from shared.core.ids import new_id
from shared.core.paging import Page
from shared.domains.support.errors import CannedResponseExists, CannedResponseNotFound
from shared.domains.support.queries import canned_responses as queries
from shared.domains.support.rules.tickets import Category
from shared.domains.support.schemas.canned_responses import CannedResponse, CannedResponseChanges, CannedResponseIn


def create_response(call: Call, given: CannedResponseIn) -> CannedResponse:
    """CannedResponseExists for a title that another has."""
    _refuse_same_title(call)
    made = CannedResponse(
        id=new_id(call.now), created_by=call.admin_id, created_at=call.now, updated_at=call.now, **given.model_dump()
    )
    queries.add_response(
        call.connection,
        id=made.id,
        title=made.title,
        body=made.body,
        category=made.category,
        created_by=made.created_by,
        now=call.now,
    )
    return made


def list_responses(call: Call, category: Category | None, limit: int, cursor: str | None) -> Page[CannedResponse]:
    """Newest first; of a category, also those for any ticket."""
    rows = queries.responses_page(call.connection, category=category, after=paging.after(cursor), limit=limit + 1)
    return paging.page(rows, limit, lambda row: CannedResponse.model_validate(row._asdict()))


def change_response(call: Call, id: UUID, given: CannedResponseChanges) -> CannedResponse:
    """CannedResponseNotFound, CannedResponseExists."""
    _refuse_same_title(call)
    changes = given.model_dump(exclude_unset=True)
    row = queries.change_response(call.connection, id=id, changes=changes, now=call.now)
    if row is None:
        raise CannedResponseNotFound
    return CannedResponse.model_validate(row._asdict())


def delete_response(call: Call, id: UUID) -> None:
    """CannedResponseNotFound."""
    if not queries.delete_response(call.connection, id=id):
        raise CannedResponseNotFound


def _refuse_same_title(call: Call) -> None:
    call.refusals["support_canned_responses_title_key"] = CannedResponseExists()

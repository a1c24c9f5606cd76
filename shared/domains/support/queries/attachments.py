"""Statements on attached files. What is between staff is rows that row-level security keeps from users."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Delete, Insert, Update, any_, func, select

from shared.core import query
from shared.core.tables import Rows, one_of, recordset
from shared.domains.support.queries.messages import seen
from shared.domains.support.rows.files import AttachmentRow, AwaitedRow, ToAttachRow, ToJudgeRow, UnnamedRow
from shared.domains.support.rows.tickets import Desk, Json
from shared.domains.support.tables import support_attachments, support_tickets


@query.maybe(ToAttachRow)
def ticket_to_attach_to(*, ticket: UUID, requester: UUID | None, desk: Desk | None, uploader: UUID) -> Rows:
    waiting = support_attachments.c.message_id.is_(None), support_attachments.c.state != "refused"
    his = select(func.count()).where(support_attachments.c.uploaded_by == uploader, *waiting).scalar_subquery()
    found = select(support_tickets.c.tenant_id, support_tickets.c.status, his.label("unnamed"))
    return found.where(support_tickets.c.id == ticket, *seen(requester, desk))


@query.later
def add_attachment(
    *,
    id: UUID,
    tenant: UUID,
    ticket: UUID,
    uploaded_by: UUID,
    is_internal: bool,
    filename: str,
    content_type: str,
    size: int,
    now: datetime,
) -> Insert:
    return support_attachments.insert().values(
        id=id, tenant_id=tenant, ticket_id=ticket, uploaded_by=uploaded_by, is_internal=is_internal, filename=filename,
        content_type=content_type, size=size, state="uploading", created_at=now,
    )  # fmt: skip


@query.maybe(AttachmentRow)
def attachment_by_id(*, id: UUID, ticket: UUID, requester: UUID | None, desk: Desk | None) -> Rows:
    of_ticket = support_attachments.join(support_tickets, support_tickets.c.id == support_attachments.c.ticket_id)
    found = select(*(support_attachments.c[name] for name in AttachmentRow._fields)).select_from(of_ticket)
    return found.where(support_attachments.c.id == id, support_tickets.c.id == ticket, *seen(requester, desk))


@query.all_(ToJudgeRow)
def to_judge(*, message: UUID, attachments: list[UUID]) -> Rows:
    """Those of a message that nobody has judged."""
    found = select(*(support_attachments.c[name] for name in ToJudgeRow._fields))
    return found.where(
        one_of(support_attachments.c.id, attachments),
        support_attachments.c.message_id == message,
        support_attachments.c.state == "uploading",
    )


@query.all_(AwaitedRow)
def awaited(*, since: datetime, limit: int) -> Rows:
    """Those that may still be uploaded, the oldest first."""
    open_ = support_attachments.c.state == "uploading", support_attachments.c.created_at >= since
    return select(support_attachments.c.id).where(*open_).order_by(support_attachments.c.created_at).limit(limit)


@query.all_(UnnamedRow)
def unnamed(*, before: datetime, limit: int) -> Rows:
    """Some that are older and in no message, whatever became of them."""
    old = support_attachments.c.message_id.is_(None), support_attachments.c.created_at < before
    return select(support_attachments.c.id, support_attachments.c.tenant_id).where(*old).limit(limit)


@query.count
def drop_unnamed(*, attachments: list[UUID]) -> Delete:
    """But those that somebody else is just changing."""
    given = one_of(support_attachments.c.id, attachments), support_attachments.c.message_id.is_(None)
    free = select(support_attachments.c.id).where(*given).with_for_update(skip_locked=True)
    some = func.array(free.scalar_subquery())  # joined by `in`, all may be read
    return support_attachments.delete().where(support_attachments.c.id == any_(some))


@query.all_(ToJudgeRow)
def not_judged(*, attachments: list[UUID]) -> Rows:
    found = select(*(support_attachments.c[name] for name in ToJudgeRow._fields))
    return found.where(one_of(support_attachments.c.id, attachments), support_attachments.c.state == "uploading")


@query.later
def judge(*, verdicts: list[Json], now: datetime) -> Update:
    """`verdicts` are objects of id, state and reason. What was judged before stays so."""
    given = recordset(verdicts, *(support_attachments.c[name] for name in ("id", "state", "reason")))
    waiting = support_attachments.c.id == given.c.id, support_attachments.c.state == "uploading"
    values = {"state": given.c.state, "reason": given.c.reason, "judged_at": now}
    return support_attachments.update().where(*waiting).values(values)

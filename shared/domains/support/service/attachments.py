"""Files attached to tickets: uploaded to the store by a signed link, judged once they are there, downloaded by another
link. Nobody gets a file that is not judged, and what was judged cannot be replaced."""

from collections.abc import Callable
from datetime import timedelta
from typing import cast
from uuid import UUID

from shared.core import db, outbox
from shared.core.call import Call
from shared.core.errors import Invalid
from shared.core.ids import new_id
from shared.domains.support.errors import AttachmentNotFound, TicketIsClosed, TicketNotFound, TooManyUnnamedAttachments
from shared.domains.support.events import FilesAwaited, MessagePosted
from shared.domains.support.ports import Files, Links
from shared.domains.support.queries import attachments as queries
from shared.domains.support.rows.files import ToJudgeRow
from shared.domains.support.rows.tickets import Json
from shared.domains.support.rules import attachments as rules
from shared.domains.support.rules.tickets import Status, may_reply
from shared.domains.support.schemas.attachments import Attachment, AttachmentIn, AttachmentType, AttachmentUpload
from shared.domains.support.service import access

NOT_UPLOADED = "It was not uploaded before a message named it"
MARGIN = timedelta(minutes=2)  # for an upload that begins in its last moment
MOST_AWAITED, AWAITED_AT_ONCE = 5000, 100
SLICE = 1000  # files that are dropped together, as one call deletes so many


def request_upload(call: Call, ticket_id: UUID, given: AttachmentIn, files: Files) -> AttachmentUpload:
    """TicketNotFound; TicketIsClosed for a user, staff may still attach to a note; TooManyUnnamedAttachments, though
    requests at once may all be granted the last place."""
    allowed = rules.extensions(given.content_type)
    if not given.filename.lower().endswith(allowed):
        raise Invalid.at("#/filename", f"A file of type {given.content_type} ends in {' or '.join(allowed)}.")
    by_staff = call.actor.is_admin
    uploader = call.admin_id if by_staff else call.user_id
    ticket = queries.ticket_to_attach_to(
        call.connection,
        ticket=ticket_id,
        requester=access.requester(call),
        desk=access.desk(call),
        uploader=uploader,
    )
    if ticket is None:
        raise TicketNotFound
    if not (by_staff or may_reply(cast(Status, ticket.status))):
        raise TicketIsClosed
    if ticket.unnamed >= rules.MOST_UNNAMED:
        raise TooManyUnnamedAttachments.of(rules.MOST_UNNAMED)
    id = new_id(call.now)
    queries.add_attachment(
        call.connection,
        id=id,
        tenant=ticket.tenant_id,
        ticket=ticket_id,
        uploaded_by=uploader,
        is_internal=by_staff,  # until it is in a public message
        filename=given.filename,
        content_type=given.content_type,
        size=given.size,
        now=call.now,
    )
    key, seconds = rules.upload_key(ticket.tenant_id, id), _seconds(rules.UPLOAD_WITHIN)
    return AttachmentUpload(
        attachment_id=id,
        upload_url=files.upload_link(key, given.content_type, given.size, seconds),
        headers={"content-type": given.content_type, "content-length": str(given.size)},
        expires_at=call.now + rules.UPLOAD_WITHIN,
    )


def get_attachment(call: Call, ticket_id: UUID, id: UUID, links: Callable[[], Links]) -> Attachment:
    """With a fresh link where it is ready; AttachmentNotFound."""
    found = queries.attachment_by_id(
        call.connection, id=id, ticket=ticket_id, requester=access.requester(call), desk=access.desk(call)
    )
    if found is None:
        raise AttachmentNotFound
    answer = Attachment.model_validate(found._asdict())
    if found.state == "ready":
        answer.expires_at = call.now + rules.LINK_LASTS
        answer.download_url = links().link(rules.kept_path(found.tenant_id, id), answer.expires_at)
    return answer


def judge(call: Call, event: MessagePosted, files: Files) -> Callable[[Call], None] | None:
    """Keep those of a message's files that are what they were said to be; answers what remains to be recorded.

    What was not uploaded before it was named is refused: an upload that came later would never be looked at.
    """
    if not event.attachment_ids:
        return None
    found = queries.to_judge(call.connection, message=event.message_id, attachments=event.attachment_ids)
    verdicts = [_judged(row, files) or _verdict(row, NOT_UPLOADED) for row in found]
    return lambda call: queries.judge(call.connection, verdicts=verdicts, now=call.now)


def announce_awaited(call: Call) -> int:
    """Have the store looked at for what may have been uploaded, some files an event; one slice is all, so it answers
    0."""
    since = call.now - rules.UPLOAD_WITHIN - MARGIN
    ids = [row.id for row in queries.awaited(call.connection, since=since, limit=MOST_AWAITED)]
    for some in range(0, len(ids), AWAITED_AT_ONCE):
        outbox.announce(call, FilesAwaited(attachment_ids=ids[some : some + AWAITED_AT_ONCE]))
    return 0


def judge_uploaded(call: Call, event: FilesAwaited, files: Files) -> Callable[[Call], None] | None:
    """As `judge`, of what is there; what is not may still come."""
    found = queries.not_judged(call.connection, attachments=event.attachment_ids)
    verdicts = [verdict for row in found if (verdict := _judged(row, files))]
    return (lambda call: queries.judge(call.connection, verdicts=verdicts, now=call.now)) if verdicts else None


def drop_unnamed(call: Call, files: Files) -> int:
    """Some that no message has named in time, with what was kept of them; how many.

    The files go first: after a crash, or where the store refuses, which is an error, the rows find them again. What was
    only uploaded goes by itself.
    """
    with db.reading(call.scope) as connection:
        found = queries.unnamed(connection, before=call.now - rules.DROPPED_AFTER, limit=SLICE)
    if not found:
        return 0
    files.delete([rules.kept_key(row.tenant_id, row.id) for row in found])
    with db.transaction(call.scope) as connection:
        return queries.drop_unnamed(connection, attachments=[row.id for row in found])


def delete_of_tenant(erased_id: UUID, files: Files) -> None:
    """Those that were kept; what was only uploaded goes within a day by itself."""
    files.delete_all(rules.kept_prefix(erased_id))


def _judged(row: ToJudgeRow, files: Files) -> Json | None:
    """The verdict on what was uploaded, if it was. What was looked at is kept: not the upload, which may be another by
    now."""
    content_type = cast(AttachmentType, row.content_type)
    content = files.read(rules.upload_key(row.tenant_id, row.id), rules.LARGEST)
    if content is None:
        return None
    fault = rules.fault(content_type, row.size, content)
    if fault is None:
        files.keep(rules.kept_key(row.tenant_id, row.id), content, content_type, rules.disposition(row.filename))
    return _verdict(row, fault)


def _verdict(row: ToJudgeRow, fault: str | None) -> Json:
    return {"id": str(row.id), "state": "refused" if fault else "ready", "reason": fault}


def _seconds(time: timedelta) -> int:
    return int(time.total_seconds())

"""A tenant's data as an archive: asked for, built by a consumer, downloaded by a link."""

import json
import zipfile
from collections.abc import Callable
from tempfile import TemporaryFile
from typing import IO, BinaryIO
from uuid import UUID

from shared.core import outbox
from shared.core.call import Call
from shared.core.ids import new_id
from shared.domains.platform import public as platform
from shared.domains.tenancy import queries, rules
from shared.domains.tenancy.errors import ExportExpired, ExportNotFound
from shared.domains.tenancy.events import TenantExportRequested
from shared.domains.tenancy.ports import Archives
from shared.domains.tenancy.rows import WantedRow
from shared.domains.tenancy.schemas import Export, ExportQueued

PAGE = 1000  # rows in memory at a time


def request_export(call: Call) -> ExportQueued:
    """Ask for an archive; a mail tells when it is ready. Those asked for long ago are forgotten."""
    id_ = new_id(call.now)
    queries.forget_exports(call.connection, before=call.now - rules.REMEMBERED)
    queries.add_export(call.connection, id=id_, tenant=call.tenant_id, user=call.user_id, now=call.now)
    outbox.announce(call, TenantExportRequested(export_id=id_))
    return ExportQueued(id=id_, status="queued")


def get_export(call: Call, id: UUID, archives: Archives) -> Export:
    """How far it is and, once ready, a fresh link. ExportExpired when the archive is no longer kept."""
    found = queries.export_by_id(call.connection, id=id)
    if found is None:
        raise ExportNotFound
    if rules.expired(found.ready_at, call.now):
        raise ExportExpired
    status = rules.status(found.created_at, found.ready_at, call.now)
    answer = Export(id=id, status=status, created_at=found.created_at, size=found.size)
    if status == "ready":
        filename = f"boxcostpro-{found.created_at:%Y-%m-%d}.zip"
        seconds = int(rules.LINK_LASTS.total_seconds())
        answer.download_url = archives.link(rules.key(call.tenant_id, id), filename, seconds)
        answer.expires_at = call.now + rules.LINK_LASTS
    return answer


def build_export(call: Call, event: TenantExportRequested, archives: Archives) -> Callable[[Call], None] | None:
    """Write the archive and store it; answers what remains to be recorded, None if it was done before.

    Every page is a statement of its own: what changes meanwhile may be in one table and not yet in another.
    """
    found = queries.wanted_export(call.connection, id=event.export_id)
    if found is None or found.ready_at is not None:
        return None
    with TemporaryFile() as file:
        write_archive(call, found, file)
        size = file.tell()
        file.seek(0)
        archives.put(rules.key(call.tenant_id, found.id), file)

    def record(call: Call) -> None:
        queries.mark_ready(call.connection, id=found.id, size=size, now=call.now)
        if found.email and found.full_name:
            platform.export_ready(call, to=found.email, full_name=found.full_name, export_id=found.id)

    return record


def write_archive(call: Call, export: WantedRow, file: BinaryIO) -> None:
    """The same rows make the same bytes."""
    counts = {}
    with zipfile.ZipFile(file, "w") as archive:
        for table in rules.EXPORTED:
            with archive.open(_entry(f"{table}.jsonl"), "w", force_zip64=True) as out:
                counts[table] = _write_lines(call, table, out)
        about = {"export_id": export.id, "tenant_id": call.tenant_id, "requested_at": export.created_at.isoformat()}
        manifest = json.dumps(about | {"rows": counts}, default=str, indent=2)
        archive.writestr(_entry("manifest.json"), manifest)


def _write_lines(call: Call, table: str, out: IO[bytes]) -> int:
    count, after, without = 0, "", list(rules.SECRETS.get(table, ()))
    while page := queries.table_lines(call.connection, source=table, without=without, after=after, most=PAGE):
        out.writelines(f"{row.line}\n".encode() for row in page)
        count, after = count + len(page), page[-1].line
    return count


def _entry(name: str) -> zipfile.ZipInfo:
    """Of a fixed date, since the time of writing says nothing."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry

"""Drop the files that were attached to tickets and that no message has named within a day."""

from shared.core.call import Call
from shared.domains.support.service import attachments
from shared.entry import wiring
from shared.entry.job import job


@job("rate(1 hour)", across_tenants=True, calls_out=True, needs=("attachments_delete",))
def handler(call: Call) -> int:
    return attachments.drop_unnamed(call, wiring.attached_files())

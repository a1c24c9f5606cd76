"""Have the store looked at for files that were asked for and may have been uploaded by now."""

from shared.core.call import Call
from shared.domains.support.service import attachments
from shared.entry.job import job


@job("rate(1 minute)", across_tenants=True, needs=("outbox",))
def handler(call: Call) -> int:
    return attachments.announce_awaited(call)

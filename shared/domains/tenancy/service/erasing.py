"""The end of a tenant that was closed: first its rows, slice by slice, then its archives."""

from shared.core import outbox
from shared.core.call import Call
from shared.domains.tenancy import queries, rules
from shared.domains.tenancy.events import TenantErased
from shared.domains.tenancy.ports import Archives

SLICE = 5000  # rows a transaction


def erase_due(call: Call) -> int:
    """Delete rows of a tenant whose grace has ended, in the end itself and its users; how many rows."""
    erased = queries.erase_slice(call.connection, at=call.now, most=SLICE)
    if erased is None:
        return 0
    if erased.finished:
        outbox.announce(call, TenantErased(erased_id=erased.tenant))
    return erased.rows


def delete_archives(event: TenantErased, archives: Archives) -> None:
    """What the bucket's lifecycle would delete as well, only later."""
    archives.delete_all(rules.prefix(event.erased_id))

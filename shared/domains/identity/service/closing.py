"""Closing a tenant, and reopening it as long as it is not erased (that is the tenancy domain's)."""

from datetime import timedelta
from uuid import UUID

from shared.core.call import Call
from shared.domains.identity.queries import closing as queries
from shared.domains.identity.service import links
from shared.domains.identity.service.auth_log import note
from shared.domains.platform import public as platform

GRACE = timedelta(days=30)
PURPOSE: links.Purpose = "reopen_tenant"


def close_tenant(call: Call) -> None:
    """End every session and API key of the tenant, and mail each owner a link that reopens it within GRACE."""
    tenant, erase_at = call.tenant_id, call.now + GRACE
    queries.close_tenant(call.connection, tenant=tenant, now=call.now, erase_at=erase_at)
    queries.end_all_sessions(call.connection, tenant=tenant, now=call.now)
    queries.revoke_all_keys(call.connection, tenant=tenant, now=call.now)
    for owner in queries.owners_of_closed(call.connection, tenant=tenant, at=call.now):
        link_id = links.renew(call, PURPOSE, user=owner.user_id, tenant=tenant, email=owner.email, lasts=GRACE)
        platform.tenant_closed(
            call,
            to=owner.email,
            full_name=owner.full_name,
            company_name=owner.tenant_name,
            erase_at=erase_at,
            link_id=link_id,
        )


def close_abandoned(call: Call, tenant_id: UUID) -> None:
    """Close a tenant that nobody is left to reopen: after GRACE it is erased. Deferred."""
    queries.close_tenant(call.connection, tenant=tenant_id, now=call.now, erase_at=call.now + GRACE)


def reopen_tenant(call: Call, token: str) -> None:
    """Undo the closing; everybody has to sign in again, and API keys stay revoked. The other owners' links end: who is
    no owner at the next closing must not undo that."""
    found = links.spend(call, PURPOSE, token)
    queries.reopen_tenant(call.connection, tenant=found.tenant_id, now=call.now)
    queries.end_links_of_all(call.connection, tenant=found.tenant_id, purpose=PURPOSE)
    note(call, "tenant_reopened", user=found.user_id, tenant=found.tenant_id)

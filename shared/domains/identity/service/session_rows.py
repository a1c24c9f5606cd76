"""The row of a session, whoever opens it; apart from what signs tokens, so that others load little."""

from datetime import datetime
from uuid import UUID

from shared.core.call import Call
from shared.domains.identity.queries import sessions as queries


def add_session(
    call: Call,
    *,
    id: UUID,
    tenant_id: UUID,
    user_id: UUID,
    expires_at: datetime,
    factor_at: datetime | None = None,
    impersonated_by: str | None = None,
) -> None:
    """A user's session, on the caller's device, with the name of the admin if one opens it. Deferred."""
    queries.add_session(
        call.connection,
        id=id,
        tenant=tenant_id,
        user=user_id,
        user_agent=call.user_agent,
        client_ip=call.client_ip,
        now=call.now,
        expires_at=expires_at,
        factor_at=factor_at,
        impersonated_by=impersonated_by,
    )

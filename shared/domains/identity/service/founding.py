"""A tenant comes into being, with the usual prices."""

from uuid import UUID

from shared.core.call import Call
from shared.core.ids import new_id
from shared.domains.identity.queries import accounts as queries
from shared.domains.pricing import public as pricing


def found_tenant(call: Call, *, name: str, time_zone: str = "Asia/Kolkata", currency: str = "INR") -> UUID:
    """One that nobody is in yet. Deferred."""
    tenant_id = new_id(call.now)
    queries.add_tenant(call.connection, id=tenant_id, name=name, time_zone=time_zone, currency=currency, now=call.now)
    pricing.set_up(call, tenant_id)
    return tenant_id

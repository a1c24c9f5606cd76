"""Rate limits, in units a minute; a minute's worth may be taken at once (docs/decisions/rate-limits.md)."""

from shared.core.addresses import network
from shared.core.call import Actor
from shared.core.db import Limit
from shared.core.meters import GUESSES, limit

ADDRESS, USER, TENANT, KEY, ADMIN = 100, 300, 1200, 300, 60


def of(
    actor: Actor, client_ip: str, operation: str, *, guessable: bool = False, per_minute: int = 0
) -> tuple[Limit, ...]:
    """What a call is charged to: its admin, or its user or key and their tenant, or its address where nobody is known.

    Where the operation is `guessable`, also the address' guesses there; where it says `per_minute`, its caller's there.
    """
    address = network(client_ip)
    if actor.admin_id:
        charged: tuple[Limit, ...] = (limit("admin", actor.admin_id, ADMIN),)
    elif actor.tenant_id is None:
        charged = (limit("address", address, ADDRESS),)
    else:
        mine = limit("key", actor.key_id, KEY) if actor.key_id else limit("user", actor.user_id, USER)
        charged = (mine, limit("tenant", actor.tenant_id, TENANT))
    if per_minute:
        charged += (limit("operation", f"{operation} {charged[0].key.hex()}", per_minute),)
    return (*charged, limit("guess", f"{operation} {address}", GUESSES)) if guessable else charged

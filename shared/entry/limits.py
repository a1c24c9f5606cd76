"""Rate limits, in units a minute; a minute's worth may be taken at once (docs/decisions/rate-limits.md)."""

import hashlib
from functools import cache

from shared.core import settings
from shared.core.addresses import network
from shared.core.call import Actor
from shared.core.db import Limit

ADDRESS, USER, TENANT, KEY, ADMIN = 100, 300, 1200, 300, 60
GUESSES = 20  # of a secret, per address and operation


def of(
    actor: Actor, client_ip: str, operation: str, *, guessable: bool = False, per_minute: int = 0
) -> tuple[Limit, ...]:
    """What a call is charged to: its admin, or its user or key and their tenant, or its address where nobody is known.

    Where the operation is `guessable`, also the address' guesses there; where it says `per_minute`, its caller's there.
    """
    address = network(client_ip)
    if actor.admin_id:
        charged: tuple[Limit, ...] = (_limit("admin", actor.admin_id, ADMIN),)
    elif actor.tenant_id is None:
        charged = (_limit("address", address, ADDRESS),)
    else:
        mine = _limit("key", actor.key_id, KEY) if actor.key_id else _limit("user", actor.user_id, USER)
        charged = (mine, _limit("tenant", actor.tenant_id, TENANT))
    if per_minute:
        charged += (_limit("operation", f"{operation} {charged[0].key.hex()}", per_minute),)
    return (*charged, _limit("guess", f"{operation} {address}", GUESSES)) if guessable else charged


def _limit(name: str, who: object, units: int) -> Limit:
    digest = hashlib.sha256(f"{name} {who}".encode()).digest()
    return Limit(name, digest, max(1, int(units * _factor())))


@cache
def _factor() -> float:
    return float(settings.read("RATE_LIMIT_FACTOR"))

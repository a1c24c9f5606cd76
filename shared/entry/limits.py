"""Rate limits, in units a minute; a minute's worth may be taken at once (docs/decisions/rate-limits.md)."""

import hashlib
from functools import cache

from shared.core import settings
from shared.core.addresses import network
from shared.core.call import Actor
from shared.core.db import Limit

ADDRESS, USER, TENANT, KEY = 100, 300, 1200, 300
GUESSES = 20  # of a secret, per address and operation


def of(actor: Actor, client_ip: str, guessing: str | None) -> tuple[Limit, ...]:
    """What a call is charged to: its user or key and their tenant, or its address where nobody is known; and where
    `guessing`, the operation that checks a secret, is given, the address' guesses there."""
    address = network(client_ip)
    if actor.tenant_id is None:
        charged: tuple[Limit, ...] = (_limit("address", address, ADDRESS),)
    else:
        mine = _limit("key", actor.key_id, KEY) if actor.key_id else _limit("user", actor.user_id, USER)
        charged = (mine, _limit("tenant", actor.tenant_id, TENANT))
    return (*charged, _limit("guess", f"{guessing} {address}", GUESSES)) if guessing else charged


def _limit(name: str, who: object, units: int) -> Limit:
    digest = hashlib.sha256(f"{name} {who}".encode()).digest()
    return Limit(name, digest, max(1, int(units * _factor())))


@cache
def _factor() -> float:
    return float(settings.read("RATE_LIMIT_FACTOR"))

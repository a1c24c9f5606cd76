"""Rate limits, in units a minute; a minute's worth may be taken at once."""

import hashlib
from functools import cache

from shared.core import settings
from shared.core.call import Actor
from shared.core.db import Limit

ADDRESS, USER, TENANT, KEY = 100, 300, 1200, 300
GUESSES = 20  # of a secret, per address and operation


def of(actor: Actor, client_ip: str, guessing: str | None) -> tuple[Limit, ...]:
    """What a call is charged to: its user or key and their tenant; its address only where nobody is known."""
    if guessing is not None:
        return (_limit("guess", f"{guessing} {client_ip}", GUESSES), _limit("address", client_ip, ADDRESS))
    if actor.tenant_id is None:
        return (_limit("address", client_ip, ADDRESS),)
    mine = _limit("key", actor.key_id, KEY) if actor.key_id else _limit("user", actor.user_id, USER)
    return (mine, _limit("tenant", actor.tenant_id, TENANT))


def _limit(kind: str, who: object, units: int) -> Limit:
    return Limit(hashlib.sha256(f"{kind} {who}".encode()).digest(), int(units * _factor()))


@cache
def _factor() -> float:
    return float(settings.read("RATE_LIMIT_FACTOR"))

"""What a call is charged to, and what `meter` says when a limit is used up (docs/decisions/rate-limits.md)."""

import hashlib
from collections.abc import Sequence

from shared.core import db, settings

GUESSES = 20  # a minute, per address, at anything that is known to few


def limit(name: str, who: object, units: int) -> db.Limit:
    """So many units a minute for `who`, multiplied as the stage wants it; `name` is what callers are told."""
    factor = float(settings.read("RATE_LIMIT_FACTOR"))
    return db.Limit(name, hashlib.sha256(f"{name} {who}".encode()).digest(), max(1, int(units * factor)))


def used_up(error: db.DatabaseError, limits: Sequence[db.Limit]) -> tuple[db.Limit, int]:
    """Which of the limits that were charged an error of `meter`, db.LIMITED, is about, and the seconds to wait."""
    place, seconds = map(int, db.detail(error).split())
    return limits[place - 1], seconds

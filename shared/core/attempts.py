"""Guesses at a password: each is counted before it is judged, so that parallel guesses cannot outrun the count."""

from datetime import datetime, timedelta

from shared.core import passwords, queries
from shared.core.call import Call

LOCKED_FOR = timedelta(minutes=30)
MOST_FAILURES = 5  # on one counter; then every attempt is refused until LOCKED_FOR has passed


def seconds_locked(failures: int, until: datetime, now: datetime) -> int:
    """How long nothing is judged on a counter that has just counted this attempt; 0 where it is judged."""
    return max(1, int((until - now).total_seconds())) if failures > MOST_FAILURES else 0


def is_right(call: Call, counter: bytes, hashed: str | None, password: str) -> bool:
    """Whether the password is that of the hash; a right one starts the counter anew. Nobody, who has no hash, costs as
    much."""
    right = passwords.verify(hashed, password) if hashed else passwords.verify_nothing(password)
    if right:
        queries.forget_failures(call.connection, digest=counter)
    return right

"""Guesses at codes that are no secrets but known to few: only what does not exist counts as one.

Whoever tries a code is refused while the guesses from his address are used up, whether he guesses right or not; but a
right code costs nothing. So the limit is read in the statement that looks the code up, and charged by `count` alone.
"""

from datetime import datetime, timedelta

from shared.core import db, meters
from shared.core.addresses import network
from shared.core.call import Call
from shared.core.errors import Limited
from shared.core.meters import GUESSES

MINUTE = timedelta(minutes=1)


class TooManyGuesses(Limited):
    title = "Too many unknown codes from your address: wait as long as retry_after says (seconds)"


def limit(call: Call) -> db.Limit:
    """What the guesses of a call are charged to; its key is that of a row of `rate_limits`."""
    return meters.limit("guess", f"at a code {network(call.client_ip)}", GUESSES)


def check(call: Call, until: datetime | None) -> None:
    """TooManyGuesses if no guess more would pass; `until` is that of the limit's row, judged as `meter` does."""
    charged, ahead = limit(call), (until or call.now) - call.now
    left = ahead + timedelta(microseconds=charged.charge(1)) - MINUTE
    if left > timedelta(0) and ahead <= 2 * MINUTE:  # further ahead: written by a clock that was moved back since
        raise TooManyGuesses(retry_after=-(-left // timedelta(seconds=1)), limit=charged.name, quota=charged.units)


def count(call: Call) -> None:
    """Charge one guess, whatever comes of the request; its transaction, which must have changed nothing, ends here."""
    charged = limit(call)
    call.connection.rollback()
    try:
        with db.reading(db.Scope(at=call.now, limits=(charged,))) as connection:
            connection.execute("select")
    except db.DatabaseError as error:
        if db.sqlstate(error) != db.LIMITED:
            raise
        _, seconds = meters.used_up(error, (charged,))
        raise TooManyGuesses(retry_after=seconds, limit=charged.name, quota=charged.units) from None

"""Pure rules of second factors: codes and their time steps (RFC 4226, RFC 6238), and when guessing stops."""

import hmac
from datetime import date, datetime, timedelta
from typing import NamedTuple
from urllib.parse import quote, urlencode

PERIOD = 30  # seconds of a step
WINDOW = 1  # steps that a clock may be off, either way
PENDING = timedelta(minutes=15)
CHALLENGE = timedelta(minutes=5)
MOST_TRIES = 5  # failures that end a challenge, or a set-up
SECOND = timedelta(seconds=1)
SENT_LIVES = timedelta(minutes=5)
SENT_EVERY = timedelta(minutes=1)  # at most
SLOW_FROM = 20  # failures a day after which answers take DELAY longer
DELAY = 2.0  # seconds
BLOCKED_FROM = 100  # failures in a row
BACKUP_CODES = 10
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32: no I, L, O, U
BACKUP_LENGTH = 12  # of 5 bits each: 60
LOOK_ALIKES = str.maketrans("ILO", "110", " -")  # and what is typed between groups


class Failures(NamedTuple):
    """Wrong codes that were counted: since the last right one, and on a day."""

    in_a_row: int
    today: int
    day: date  # in UTC

    def on(self, day: date) -> "Failures":
        """The same, as they count on a day."""
        return self if day == self.day else self._replace(today=0, day=day)

    def one_more(self) -> "Failures":
        """With another wrong code, on the same day."""
        return self._replace(in_a_row=self.in_a_row + 1, today=self.today + 1)


def code_at(secret: str, step: int) -> str:
    """Six digits of the base32 secret at a step."""
    from pyotp import HOTP  # 30 ms, which a sign-in without a code does not wait for

    return HOTP(secret).at(step)


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The step whose code this is, the newest where two have it: the current one or WINDOW steps before or after."""
    current = int(now.timestamp()) // PERIOD
    steps = range(current - WINDOW, current + WINDOW + 1)
    found = [step for step in steps if hmac.compare_digest(code_at(secret, step), code)]
    return found[-1] if found else None


def plain(code: str) -> str:
    """A code as it was made: without the blanks and hyphens people type, look-alikes read as Crockford reads them."""
    return code.upper().translate(LOOK_ALIKES)


def is_backup_code(code: str) -> bool:
    """What an app shows or is sent has six digits, a backup code more."""
    return len(code) != 6


def masked(address: str) -> str:
    """A mail address or phone number that its owner recognises."""
    name, at, domain = address.partition("@")
    return f"{name[0]}…@{domain}" if at else f"…{address[-4:]}"


def grouped(code: str) -> str:
    """A backup code as people read it, in groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def otpauth_url(secret: str, email: str, issuer: str) -> str:
    """What authenticator apps read from the QR code; the defaults are spelled out because not all apps have them."""
    settings = {"secret": secret, "issuer": issuer, "algorithm": "SHA1", "digits": 6, "period": PERIOD}
    return f"otpauth://totp/{quote(issuer, safe='')}:{quote(email, safe='@')}?{urlencode(settings, quote_via=quote)}"

"""Passwords: which ones are taken, and Argon2id (RFC 9106) hashes of them."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from shared.core import settings

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 8, 1000  # characters; the upper bound only keeps the work finite
PASSES = 2  # with 19 MiB and one lane the minimum of OWASP's password storage cheat sheet


class PasswordRefused(ValueError):
    """Not fit to be a password; the text says what to do."""


def check(password: str) -> str:
    """The password, if it may be chosen: long enough, not one of the common ones, not one character
    repeated. No rules of composition."""
    prepared = _prepared(password)
    length = len(prepared)
    if length < SHORTEST:
        raise PasswordRefused(f"Use at least {SHORTEST} characters; a few words in a row make a good password.")
    if length > LONGEST:
        raise PasswordRefused(f"Use at most {LONGEST} characters.")
    if len(set(prepared)) == 1:
        raise PasswordRefused("One character repeated is easily guessed. Choose another password.")
    if prepared.lower() in _common():
        raise PasswordRefused("Many people use this password, so it is tried first. Choose another one.")
    return password


def hash(password: str) -> str:
    """A salted Argon2id hash in the PHC string format; it carries its own parameters."""
    return _hasher(_kibibytes()).hash(_prepared(password).encode("utf-8", "surrogatepass"))


def verify(hashed: str, password: str) -> bool:
    """Whether the password belongs to the hash. A damaged hash is an error, not a wrong password."""
    from argon2.exceptions import VerifyMismatchError

    try:
        return _hasher(_kibibytes()).verify(hashed, _prepared(password).encode("utf-8", "surrogatepass"))
    except VerifyMismatchError:
        return False


def verify_nothing(password: str) -> bool:
    """The work of `verify` for a user that does not exist; always False."""
    verify(nobody(), password)
    return False


def nobody() -> str:
    """A well-formed hash of no password, as dear as any other."""
    return f"$argon2id$v=19$m={_kibibytes()},t={PASSES},p=1${'A' * 22}${'A' * 43}"


def _prepared(password: str) -> str:
    """RFC 8265 §4.2 (OpaqueString), its mappings: one kind of space, NFC. Case and width stay."""
    spaced = "".join(" " if unicodedata.category(character) == "Zs" else character for character in password)
    return unicodedata.normalize("NFC", spaced)


def _kibibytes() -> int:
    return int(settings.read("PASSWORD_KIBIBYTES"))


@cache
def _hasher(kibibytes: int) -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=PASSES, memory_cost=kibibytes, parallelism=1)


@cache
def _common() -> frozenset[str]:
    return frozenset(Path(__file__).with_name("common_passwords.txt").read_text("utf-8").split())

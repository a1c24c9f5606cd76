"""Whether an address has an account cannot be told from signing in: the same work is done for both."""

import statistics
import time
from collections.abc import Callable

import argon2
import pytest

from tests.support.client import PASSWORD, Client, new_email, sign_up

TRIES = 1_000


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hashes that the library was asked to compare, as they come."""
    hashes: list[str] = []
    verify = argon2.PasswordHasher.verify

    def counting(self: argon2.PasswordHasher, hash: str, password: bytes) -> bool:
        hashes.append(hash)
        return verify(self, hash, password)

    monkeypatch.setattr(argon2.PasswordHasher, "verify", counting)
    return hashes


def attempt(email: str, password: str, number: int = 0) -> int:
    """From an address of its own, so that no counter of failures says anything."""
    given, address = {"email": email, "password": password}, f"2001:db8:{number:x}::1"
    return Client().post("/api/auth/signin", given, x_test_ip=address).status


@pytest.mark.parametrize(("known", "password", "status"), [(True, PASSWORD, 200), (True, "x", 401), (False, "x", 401)])
def test_signing_in_verifies_one_hash(
    known: bool, password: str, status: int, owner: Client, verified: list[str]
) -> None:
    assert attempt(owner.account["user"]["email"] if known else new_email(), password) == status
    assert len(verified) == 1


def test_the_hash_of_nobody_costs_what_a_users_costs(owner: Client, verified: list[str]) -> None:
    for email in (owner.account["user"]["email"], new_email()):
        attempt(email, "x")
    users, nobodys = (hash.rsplit("$", 2)[0] for hash in verified)
    assert users == nobodys, "algorithm, version, memory, passes and lanes"


@pytest.mark.parametrize("known", [True, False])
def test_a_locked_address_verifies_none(known: bool, owner: Client, verified: list[str]) -> None:
    email = owner.account["user"]["email"] if known else new_email()
    assert [attempt(email, "x", 1) for _ in range(7)] == [401] * 5 + [423] * 2
    assert len(verified) == 5


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@pytest.mark.soak
def test_a_thousand_tries_do_not_tell(nobody: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The two means differ by less than one standard deviation of a try; taken in turns, so both see the same load."""
    monkeypatch.delenv("PASSWORD_KIBIBYTES", raising=False)  # the full cost, as on AWS
    email = sign_up().account["user"]["email"]
    attempt(email, "x")
    known, unknown = [], []
    for number in range(1, TRIES + 1):
        known.append(seconds(lambda number=number: attempt(email, "x", number)))  # type: ignore[misc]
        unknown.append(seconds(lambda number=number: attempt(new_email(), "x", number)))  # type: ignore[misc]
    difference = statistics.mean(known) - statistics.mean(unknown)
    deviation = statistics.pstdev(known + unknown)
    print(f"known - unknown: {difference * 1e6:.0f} µs; one standard deviation: {deviation * 1e6:.0f} µs")
    assert abs(difference) < deviation

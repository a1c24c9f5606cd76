"""shared/adapters/envelope.py."""

from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag

from shared.adapters.envelope import Envelope

ASHA, BALU = UUID(int=1), UUID(int=2)
SECRET = b"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_what_was_sealed_is_opened_by_the_same_key_for_the_same_owner() -> None:
    sealed = Envelope("key").seal(SECRET, ASHA)
    assert SECRET not in sealed
    assert Envelope("key").open(sealed, ASHA) == SECRET


def test_nothing_is_sealed_alike_twice() -> None:
    vault = Envelope("key")
    assert vault.seal(SECRET, ASHA)[1:60] != vault.seal(SECRET, ASHA)[1:60], "each has a data key of its own"


@pytest.mark.parametrize(("key", "owner"), [("another", ASHA), ("key", BALU)])
def test_another_key_or_owner_opens_nothing(key: str, owner: UUID) -> None:
    sealed = Envelope("key").seal(SECRET, ASHA)
    with pytest.raises(InvalidTag):
        Envelope(key).open(sealed, owner)


def test_every_octet_is_authenticated() -> None:
    vault = Envelope("key")
    sealed = vault.seal(SECRET, ASHA)
    for place in range(len(sealed)):
        damaged = bytearray(sealed)
        damaged[place] ^= 1
        with pytest.raises((InvalidTag, ValueError)):
            vault.open(bytes(damaged), ASHA)

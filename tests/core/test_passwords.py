"""Passwords: which may be chosen, and that a hash knows its own one only."""

import re
import time
import unicodedata
from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher, Type
from argon2.exceptions import VerificationError
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.core import passwords
from tests.support import cases

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.fixture(scope="module", autouse=True)
def full_cost() -> Iterator[None]:
    """As on AWS; other tests lower it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PASSWORD_KIBIBYTES")
        yield


@pytest.mark.parametrize(
    "password",
    [
        "correct horse",
        "        8",
        "überlang",
        "पासवर्ड शब्द",
        "aaaa bbbb cccc",
        "xy" * 500,
        "12 monkeys",
        "🐘" * 7 + "!",
    ],
)
def test_length_alone_makes_a_password(password: str) -> None:
    assert passwords.check(password) == password


@pytest.mark.parametrize("password", ["", "1234567", "e\u0301" * 7, "ab\u3000cdef"])
def test_fewer_than_eight_characters_are_refused(password: str) -> None:
    with pytest.raises(passwords.PasswordRefused, match="at least 8"):
        passwords.check(password)


def test_more_than_a_thousand_characters_are_refused() -> None:
    with pytest.raises(passwords.PasswordRefused, match="at most 1000"):
        passwords.check("x" * 1001)


@pytest.mark.parametrize(
    "password",
    ["password", "PassWord", "password1", "Password123", "P@ssw0rd", "12345678", "123456789", "11111111", "00000000",
     "qwerty123", "qwertyuiop", "1q2w3e4r", "iloveyou", "sunshine", "administrator", "Welcome@123", "Admin@123",
     "India@123", "letmein123", "trustno1", "abcd1234", "boxcostpro"],
)  # fmt: skip
def test_common_passwords_are_refused(password: str) -> None:
    with pytest.raises(passwords.PasswordRefused, match="Choose another"):
        passwords.check(password)


@pytest.mark.parametrize(
    "password", [" " * 8, "\u00a0" * 8, " \u00a0\u3000 " * 2, "é" * 8, "e\u0301é" * 4, "🐘" * 8, "x" * 1000, "Z" * 40]
)
def test_one_character_repeated_is_refused(password: str) -> None:
    with pytest.raises(passwords.PasswordRefused, match="Choose another"):
        passwords.check(password)


def test_every_entry_of_the_list_can_refuse() -> None:
    """Entries that are too short, or not as `check` compares them, would be dead."""
    entries = passwords._common()
    assert 5000 < len(entries) < 10_000
    assert all(entry == entry.lower().strip() and entry.isascii() and len(entry) >= 8 for entry in entries)


def test_a_hash_is_argon2id_at_the_minimum_of_owasp_or_above() -> None:
    hashed = passwords.hash("correct horse")
    assert re.match(r"\$argon2id\$v=19\$m=19456,t=2,p=1\$", hashed)
    assert PasswordHasher(2, 19456, 1, type=Type.ID).check_needs_rehash(hashed) is False
    assert hashed != passwords.hash("correct horse")


def test_the_cost_is_a_setting_for_users_and_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSWORD_KIBIBYTES", "64")
    assert "$m=64,t=2,p=1$" in passwords.hash("correct horse")
    assert "$m=64,t=2,p=1$" in passwords.nobody()


def test_a_hash_knows_its_password_only() -> None:
    hashed = passwords.hash("correct horse")
    assert passwords.verify(hashed, "correct horse")
    for other in ("correct Horse", "correct horse ", " correct horse", "correct hors", "", "correct horse\0"):
        assert not passwords.verify(hashed, other)


def test_equal_looking_passwords_are_equal() -> None:
    """As another keyboard would send them: composed or not, with a blank of another kind (RFC 8265)."""
    hashed = passwords.hash("café au lait")
    assert passwords.verify(hashed, unicodedata.normalize("NFD", "café au lait"))
    assert passwords.verify(hashed, "café\u00a0au\u3000lait")
    assert not passwords.verify(hashed, "\uff43afé au lait")


def test_a_damaged_hash_is_an_error() -> None:
    with pytest.raises(VerificationError):
        passwords.verify("$argon2id$damaged", "correct horse")


def test_nobody_has_any_password() -> None:
    for password in ("", "nobody", "correct horse"):
        assert passwords.verify_nothing(password) is False
    assert PasswordHasher(2, 19456, 1).check_needs_rehash(passwords.nobody()) is False


def test_an_unknown_user_costs_the_work_of_a_known_one() -> None:
    """Processor time, the least of seven each: what the machine does besides does not count."""
    hashed = passwords.hash("correct horse")

    def cost(known: bool) -> float:
        begun = time.process_time()
        _ = passwords.verify(hashed, "wrong") if known else passwords.verify_nothing("wrong")
        return time.process_time() - begun

    known, unknown = (min(cost(known) for _ in range(7)) for known in (True, False))
    assert unknown == pytest.approx(known, rel=0.5)


@settings(max_examples=15)
@given(ANY_TEXT)
def test_any_text_can_be_hashed_and_is_known_again(password: str) -> None:
    assert passwords.verify(passwords.hash(password), password)


@given(ANY_TEXT)
def test_any_text_is_taken_or_refused(password: str) -> None:
    try:
        assert passwords.check(password) == password
    except passwords.PasswordRefused as refused:
        assert str(refused).endswith(".")


def test_naughty_strings_are_taken_or_refused() -> None:
    strings = cases.load("conformance/naughty_strings.json")["strings"]
    taken = 0
    for string in strings:
        try:
            passwords.check(string)
            taken += 1
        except passwords.PasswordRefused:
            continue
    assert 0 < taken < len(strings)
    cases.ran("naughty strings as passwords", len(strings))

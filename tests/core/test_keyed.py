"""Secrets that we hand out, and the digests that are kept of them."""

import base64
import string
from uuid import UUID

import pytest

from shared.core import keyed

OTHERS = string.ascii_letters + string.digits + "-_+/=. \nä"


def test_secrets_are_long_and_never_the_same() -> None:
    made = {keyed.new_secret() for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(base64.urlsafe_b64decode(secret + "=")) == 32 for secret in made)


def test_digests_are_hmac_sha256(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SESSION_SECRET", "Jefe")
    expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"  # RFC 4231, test case 2
    assert keyed.digest("what do ya want for nothing?").hex() == expected
    assert len(keyed.digest("\ud800\0")) == 32


def test_a_link_has_its_own_secret_under_each_key(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = keyed.link_secret(UUID(int=1))
    assert keyed.link_digest(UUID(int=1)) == keyed.digest(secret)
    assert keyed.link_secret(UUID(int=2)) != secret
    monkeypatch.setenv("SESSION_SECRET", "another")
    assert keyed.link_secret(UUID(int=1)) != secret


def test_sent_codes_have_six_digits_and_each_id_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SESSION_SECRET", "pepper")
    codes = [keyed.sent_code(UUID(int=number)) for number in range(200)]
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert any(code.startswith("0") for code in codes)
    assert len(set(codes)) > 190
    monkeypatch.setenv("SESSION_SECRET", "another pepper")
    assert keyed.sent_code(UUID(int=1)) != codes[1]


def test_a_signed_token_is_read_in_its_one_spelling_alone() -> None:
    for content in ("", "a", "ab", "abc", "ä \0"):
        token = keyed.signed("page", content)
        assert keyed.read_signed("page", token) == content
        assert keyed.read_signed("other page", token) is None
        others = {token[:at] + char + token[at + 1 :] for at in range(len(token)) for char in OTHERS} - {token}
        others |= {token + "=", token + "A", token[:-1], token[:9], "=" + token, token + "\n", "", "\ud800"}
        assert {keyed.read_signed("page", other) for other in others} == {None}

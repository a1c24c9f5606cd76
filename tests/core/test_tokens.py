"""Access tokens: only what we signed, unchanged and in time, is believed."""

import base64
import hmac
import json
import os
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from shared.core import tokens

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
USER, TENANT, SESSION, ADMIN = (UUID(int=number) for number in (1, 2, 3, 4))
CLAIMS: dict[str, object] = {
    "iss": "boxcostpro", "aud": "user", "sub": str(USER), "tid": str(TENANT), "sid": str(SESSION), "role": "owner",
    "iat": SECONDS, "exp": SECONDS + 900,
}  # fmt: skip
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256


def test_a_token_carries_its_claims_for_fifteen_minutes() -> None:
    claims = verify(issued())
    assert claims == (USER, TENANT, SESSION, "owner", SECONDS + 900, "", None)
    assert verify(issued(), NOW + timedelta(seconds=899)) == claims


def test_a_token_ends_to_the_second_and_still_says_whose_it_was() -> None:
    with pytest.raises(tokens.TokenExpired) as expired:
        verify(issued(), NOW + timedelta(seconds=900))
    assert expired.value.claims[0] == USER


def test_pyjwt_reads_what_we_sign() -> None:
    anytime = {"verify_exp": False, "verify_iat": False}
    said = jwt.decode(
        issued(), public_key(), algorithms=["ES256"], audience="user", issuer="boxcostpro", options=anytime
    )
    assert said == CLAIMS
    assert jwt.get_unverified_header(issued()) == {"alg": "ES256", "typ": "JWT"}


def test_we_read_what_pyjwt_signs() -> None:
    assert verify(jwt.encode(CLAIMS, private_key(), algorithm="ES256")).user_id == USER


@pytest.mark.parametrize("missing", [name for name in CLAIMS if name != "nbf"])
def test_every_claim_is_needed(missing: str) -> None:
    refused(signed({name: value for name, value in CLAIMS.items() if name != missing}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "another"}, {"iss": ["boxcostpro"]}, {"aud": "admin"}, {"aud": ["user"]}, {"aud": None}, {"sub": "1"},
        {"sub": 1}, {"sub": None}, {"tid": ""}, {"sid": "x" * 32}, {"role": None}, {"role": 1}, {"role": ["owner"]},
        {"iat": SECONDS + 6, "exp": SECONDS + 900}, {"nbf": SECONDS + 6}, {"nbf": "now"}, {"nbf": None},
        {"exp": SECONDS + 901}, {"exp": 2**70}, {"exp": str(SECONDS + 900)}, {"exp": SECONDS + 0.5}, {"exp": True},
        {"exp": float("inf")}, {"iat": None}, {"iat": float("nan")}, {"iat": -(2**70)},
    ],
    ids=str,
)  # fmt: skip
def test_a_claim_that_is_wrong_refuses_the_token(wrong: dict[str, object]) -> None:
    refused(signed(CLAIMS | wrong))


def test_the_clock_of_another_machine_may_run_five_seconds_ahead() -> None:
    assert verify(signed(CLAIMS | {"iat": SECONDS + 5, "nbf": SECONDS + 5})).user_id == USER


@pytest.mark.parametrize("payload", [b"", b"null", b"[]", b'"text"', b"{", b"\xff", b"1" * 5000])
def test_a_signed_payload_that_is_no_object_is_refused(payload: bytes) -> None:
    header = encoded({"alg": "ES256", "typ": "JWT"})
    refused(signature_over(f"{header}.{base64.urlsafe_b64encode(payload).rstrip(b'=').decode()}"))


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"}, {"alg": "None"}, {"alg": "NONE", "typ": "JWT"}, {"alg": "HS256", "typ": "JWT"},
        {"alg": "ES384", "typ": "JWT"}, {"alg": "es256", "typ": "JWT"}, {"typ": "JWT"}, {"alg": None},
        {"alg": "ES256", "typ": "JWT", "kid": "../../dev/null"}, {"alg": "ES256", "kid": "' or 1=1"},
        {"alg": "ES256", "typ": "JWT", "crit": ["exp"]}, {"alg": "ES256", "typ": "JWT", "b64": False, "crit": ["b64"]},
        {"alg": "ES256", "jku": "https://example.com/keys"}, {"alg": "ES256", "x5u": "https://example.com/cert"},
        {"alg": ["ES256"]}, {"alg": "ES256", "typ": "at+jwt"}, {"alg": "ES256"}, {"typ": "JWT", "alg": "ES256"},
    ],
    ids=str,
)  # fmt: skip
def test_another_header_is_refused_even_under_our_signature(header: dict[str, object]) -> None:
    refused(signature_over(f"{encoded(header)}.{encoded(CLAIMS)}"))


def test_a_key_that_the_token_brings_along_is_not_used() -> None:
    own = ec.generate_private_key(ec.SECP256R1())
    jwk = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(own.public_key()))
    refused(jwt.encode(CLAIMS, own, algorithm="ES256", headers={"jwk": jwk}))


def test_unsigned_tokens_are_refused() -> None:
    refused(jwt.encode(CLAIMS, None, algorithm="none"))
    header, payload, signature = issued().split(".")
    for text in (f"{header}.{payload}.", f"{header}.{payload}", f"{header}..{signature}", f".{payload}.{signature}"):
        refused(text)


def test_the_public_key_is_no_shared_secret() -> None:
    for header in ({"alg": "HS256", "typ": "JWT"}, {"alg": "ES256", "typ": "JWT"}):
        text = f"{encoded(header)}.{encoded(CLAIMS)}"
        mac = hmac.digest(public_key().encode(), text.encode(), "sha256")
        for octets in (mac, mac + mac):
            refused(f"{text}.{base64.urlsafe_b64encode(octets).rstrip(b'=').decode()}")


@pytest.mark.parametrize("r", [0, 1, ORDER, ORDER + 1, 2**256 - 1])
@pytest.mark.parametrize("s", [0, 1, ORDER, ORDER + 1, 2**256 - 1])
def test_psychic_signatures_are_refused(r: int, s: int) -> None:
    text = issued().rpartition(".")[0]
    refused(f"{text}.{base64.urlsafe_b64encode(r.to_bytes(32) + s.to_bytes(32)).rstrip(b'=').decode()}")


def test_other_encodings_of_the_right_signature_are_refused() -> None:
    text, _, signature = issued().rpartition(".")
    octets = base64.urlsafe_b64decode(signature + "==")
    r, s = int.from_bytes(octets[:32]), int.from_bytes(octets[32:])
    padded = b"\0" + octets[:32] + b"\0" + octets[32:]
    long_s = octets[:32] + b"\0" + octets[32:]
    for other in (encode_dss_signature(r, s), padded, long_s, octets + b"\0", octets[:-1], octets[32:] + octets[:32]):
        refused(f"{text}.{base64.urlsafe_b64encode(other).rstrip(b'=').decode()}")
    for other in (f"{signature}==", f"{signature}=", f" {signature}", f"{signature}\n", f"{signature}!"):
        refused(f"{text}.{other}")


def test_json_serialisations_are_refused() -> None:
    header, payload, signature = issued().split(".")
    flat = {"protected": header, "payload": payload, "signature": signature}
    refused(json.dumps(flat))
    refused(json.dumps({"payload": payload, "signatures": [{"protected": header, "signature": signature}]}))


def test_tokens_of_another_key_are_refused() -> None:
    refused(jwt.encode(CLAIMS, ec.generate_private_key(ec.SECP256R1()), algorithm="ES256"))


def test_only_p256_keys_can_be_configured() -> None:
    for other in (ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(65537, 2048)):
        public = other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
        private = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        with pytest.raises(ValueError, match="VERIFYING_KEY"):
            tokens.verify(issued(), public, NOW)
        with pytest.raises(ValueError, match="SIGNING_KEY"):
            tokens.sign(CLAIMS, private)
    for text in ("", "nonsense"):
        with pytest.raises(ValueError, match=r"VERIFYING_KEY|padding"):
            tokens.verify(issued(), text, NOW)


@given(st.integers(min_value=0), st.characters(exclude_categories=()))
def test_no_character_of_a_token_can_be_changed(place: int, character: str) -> None:
    token = issued()
    place %= len(token)
    if token[place] != character:
        refused(token[:place] + character + token[place + 1 :])


@given(st.integers(min_value=0, max_value=100_000))
def test_a_token_cut_or_lengthened_is_refused(length: int) -> None:
    token = issued()
    if length % 500 != len(token):
        refused((token + "A" * 500)[: length % 500])


@given(st.text(st.characters(exclude_categories=())))
def test_no_text_raises_anything_but_token_invalid(text: str) -> None:
    refused(text)


@given(st.uuids(), st.uuids(), st.uuids(), st.text(), st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1)))
def test_what_is_issued_is_read_again(user: UUID, tenant: UUID, session: UUID, role: str, naive: datetime) -> None:
    now = naive.replace(tzinfo=UTC)
    token = tokens.issue(user, tenant, session, role, now, private_key())
    assert verify(token, now) == (user, tenant, session, role, int(now.timestamp()) + tokens.LIFETIME, "", None)


def test_a_token_of_an_impersonation_names_the_admin_and_what_restricts_it() -> None:
    token = tokens.issue(
        USER, TENANT, SESSION, "owner", NOW, private_key(), marks="read_only", admin_id=ADMIN, lifetime=600
    )
    assert verify(token) == (USER, TENANT, SESSION, "owner", SECONDS + 600, "read_only", ADMIN)


def test_an_admins_token_carries_his_role_and_what_was_granted_besides() -> None:
    token = tokens.issue_to_admin(ADMIN, SESSION, "support_staff", NOW, private_key(), granted="create_coupon")
    claims = tokens.verify(token, public_key(), NOW)
    assert claims == (ADMIN, SESSION, "support_staff", SECONDS + 900, "", "create_coupon")
    assert isinstance(claims, tokens.AdminClaims) and claims.audience == "admin"


@pytest.mark.parametrize("wrong", [{"granted": None}, {"granted": ["create_coupon"]}, {"marks": 1}, {"aud": "admins"}])
def test_a_claim_of_an_admin_that_is_wrong_refuses_the_token(wrong: dict[str, object]) -> None:
    claims = {name: value for name, value in CLAIMS.items() if name != "tid"} | {"aud": "admin", "granted": ""}
    assert tokens.verify(signed(claims), public_key(), NOW).role == "owner"
    refused(signed(claims | wrong))
    refused(signed({name: value for name, value in claims.items() if name != "granted"}))


def issued() -> str:
    return tokens.issue(USER, TENANT, SESSION, "owner", NOW, private_key())


def signed(claims: dict[str, object]) -> str:
    return tokens.sign(claims, private_key())


def verify(token: str, now: datetime = NOW) -> tokens.AccessClaims:
    """Of a user."""
    claims = tokens.verify(token, public_key(), now)
    assert isinstance(claims, tokens.AccessClaims)
    return claims


def refused(token: str) -> None:
    with pytest.raises(tokens.TokenInvalid) as raised:
        verify(token)
    assert not isinstance(raised.value, tokens.TokenExpired)


def encoded(document: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(document, separators=(",", ":")).encode()).rstrip(b"=").decode()


def signature_over(text: str) -> str:
    """A token with our true signature over any header and payload."""
    signature = jwt.algorithms.ECAlgorithm(jwt.algorithms.ECAlgorithm.SHA256)
    key = signature.prepare_key(private_key())
    return f"{text}.{base64.urlsafe_b64encode(signature.sign(text.encode(), key)).rstrip(b'=').decode()}"


def private_key() -> str:
    return os.environ["SIGNING_KEY"]


def public_key() -> str:
    return os.environ["VERIFYING_KEY"]

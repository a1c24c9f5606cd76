"""Access tokens of users and of admins: JWTs signed with ES256, one fixed header."""

import base64
import json
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple, TypeAlias
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

LIFETIME = 900  # seconds that an access token lives
CLOCK_SKEW = 5  # seconds by which the clock that issued a token may run ahead of ours; its end gets none
ISSUER, AUDIENCE, ADMINS = "boxcostpro", "user", "admin"


class TokenInvalid(Exception):
    """This is no access token of ours, whatever the reason."""


class TokenExpired(TokenInvalid):
    """It was one, and its time is over."""

    def __init__(self, claims: "Claims") -> None:
        super().__init__("expired")
        self.claims = claims


class AccessClaims(NamedTuple):
    """Of a user. `marks` are words that restrict him; `admin_id` is who impersonates him."""

    user_id: UUID
    tenant_id: UUID
    session_id: UUID
    role: str
    expires_at: int  # epoch seconds
    marks: str = ""
    admin_id: UUID | None = None

    @property
    def audience(self) -> str:
        return AUDIENCE


class AdminClaims(NamedTuple):
    """Of an admin. `granted` are permissions besides those of his role, `marks` words that restrict him."""

    admin_id: UUID
    session_id: UUID
    role: str
    expires_at: int  # epoch seconds
    marks: str
    granted: str

    @property
    def audience(self) -> str:
        return ADMINS


Claims: TypeAlias = AccessClaims | AdminClaims


def issue(
    user_id: UUID,
    tenant_id: UUID,
    session_id: UUID,
    role: str,
    now: datetime,
    key_pem: str,
    *,
    marks: str = "",
    admin_id: UUID | None = None,
    lifetime: int = LIFETIME,
) -> str:
    """A user's access token, signed with the private P-256 key; it ends `lifetime` seconds after `now`."""
    claims = {"aud": AUDIENCE, "sub": str(user_id), "tid": str(tenant_id), "sid": str(session_id), "role": role}
    claims |= ({"marks": marks} if marks else {}) | ({"adm": str(admin_id)} if admin_id else {})
    return _issue(claims, now, lifetime, key_pem)


def issue_to_admin(
    admin_id: UUID,
    session_id: UUID,
    role: str,
    now: datetime,
    key_pem: str,
    *,
    granted: str,
    marks: str = "",
    lifetime: int = LIFETIME,
) -> str:
    """As `issue`, for an admin."""
    claims = {"aud": ADMINS, "sub": str(admin_id), "sid": str(session_id), "role": role}
    claims |= ({"marks": marks} if marks else {}) | {"granted": granted}
    return _issue(claims, now, lifetime, key_pem)


def _issue(claims: dict[str, str], now: datetime, lifetime: int, key_pem: str) -> str:
    seconds = int(now.timestamp())
    return sign({"iss": ISSUER, **claims, "iat": seconds, "exp": seconds + lifetime}, key_pem)


def sign(claims: dict[str, object], key_pem: str) -> str:
    """Any claims as a JWT under the one header."""
    signed = f"{_HEADER}.{_encoded(json.dumps(claims, separators=(',', ':')).encode())}"
    r, s = decode_dss_signature(_private_key(key_pem).sign(signed.encode(), ECDSA(SHA256())))
    return f"{signed}.{_encoded(r.to_bytes(32) + s.to_bytes(32))}"


def verify(token: str, public_key_pem: str, now: datetime) -> Claims:
    """The claims of a token that we signed and that is good at `now`; else TokenExpired (authentic) or TokenInvalid."""
    claims = _claims(_payload(token, _public_key(public_key_pem)), now.timestamp())
    if claims.expires_at <= now.timestamp():
        raise TokenExpired(claims)
    return claims


def _payload(token: str, key: EllipticCurvePublicKey) -> bytes:
    """What the token says, once its header is ours to the byte and its signature is right (RFC 7515 §5.2).

    The header is compared, never parsed, so no `alg`, `kid`, `jku`, `crit` … of a caller has any say.
    """
    try:
        header, payload, signature = token.split(".")
        octets = _decoded(signature)
        if header != _HEADER or len(octets) != 64:
            raise TokenInvalid("not a compact ES256 token of ours")
        r, s = int.from_bytes(octets[:32]), int.from_bytes(octets[32:])
        key.verify(encode_dss_signature(r, s), f"{header}.{payload}".encode(), ECDSA(SHA256()))
        return _decoded(payload)
    except (ValueError, InvalidSignature) as reason:
        raise TokenInvalid(str(reason)) from None


def _claims(payload: bytes, now: float) -> Claims:
    """The claims of an authentic payload, if they are whole, meant for us and of a time that has begun."""
    try:
        said = json.loads(payload)
        who, session, meant = UUID(said["sub"]), UUID(said["sid"]), said["aud"]
        role, issued, begins, ends = said["role"], said["iat"], said.get("nbf", said["iat"]), said["exp"]
        marks, whole = said.get("marks", ""), said["iss"] == ISSUER and meant in (AUDIENCE, ADMINS)
        granted = said["granted"] if meant == ADMINS else ""
        tenant = UUID(said["tid"]) if meant == AUDIENCE else None
        impersonator = UUID(said["adm"]) if "adm" in said else None
    except (ValueError, LookupError, TypeError, AttributeError) as reason:
        raise TokenInvalid(str(reason)) from None
    whole &= all(type(text) is str for text in (role, marks, granted))
    whole &= all(type(moment) is int for moment in (issued, begins, ends))
    if not (whole and max(issued, begins) <= now + CLOCK_SKEW and ends <= issued + LIFETIME):
        raise TokenInvalid("claims")
    if tenant is None:
        return AdminClaims(who, session, role, ends, marks, granted)
    return AccessClaims(who, tenant, session, role, ends, marks, impersonator)


def _encoded(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    """Unpadded base64url in its one canonical form: Python's decoder alone skips what it does not know."""
    octets = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if _encoded(octets) != text:
        raise ValueError("not canonical base64url")
    return octets


_HEADER = _encoded(b'{"alg":"ES256","typ":"JWT"}')
_P256_PREFIX = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200")  # RFC 5480; the point follows


@lru_cache(maxsize=4)
def _public_key(pem: str) -> EllipticCurvePublicKey:
    """A P-256 key. Read here, because the PEM reader of cryptography imports SSH: 20 ms of each cold start."""
    der = base64.b64decode("".join(line for line in pem.split("\n") if not line.startswith("-----")))
    if not der.startswith(_P256_PREFIX):
        raise ValueError("VERIFYING_KEY is not the PEM of a public P-256 key")
    return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), der.removeprefix(_P256_PREFIX))


@lru_cache(maxsize=4)
def _private_key(pem: str) -> EllipticCurvePrivateKey:
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key = load_pem_private_key(pem.encode(), None)
    if not (isinstance(key, EllipticCurvePrivateKey) and isinstance(key.curve, SECP256R1)):
        raise ValueError("SIGNING_KEY is not the PEM of a private P-256 key")
    return key

"""Secrets that we hand out, and the digests that the database keeps of them: all keyed with SESSION_SECRET."""

import base64
import hmac
import secrets
from uuid import UUID

from shared.core import settings


def new_secret() -> str:
    """256 random bits, url-safe: a refresh token."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    """HMAC-SHA256, 32 bytes: what the database keeps of a secret, of no use without the key."""
    return _keyed(secret.encode("utf-8", "surrogatepass"))


def link_secret(id: UUID) -> str:
    """256 bits, url-safe: the secret of a mailed link, made from the link's id whenever it is needed.

    So it stands in no table and no queue: the mail alone has it.
    """
    return base64.urlsafe_b64encode(_keyed(f"mailed link {id}".encode())).rstrip(b"=").decode()


def link_digest(id: UUID) -> bytes:
    """What the database keeps of that secret: `digest` of what the visitor brings finds the link."""
    return digest(link_secret(id))


def sent_code(id: UUID) -> str:
    """Six digits that are mailed or texted, made from the code's id in the same way."""
    return f"{int.from_bytes(_keyed(f'sent code {id}'.encode())) % 1_000_000:06}"


def signed(purpose: str, content: str) -> str:
    """Url-safe: `content` for everybody to read, behind a proof of 128 bits that we said it for this purpose."""
    return base64.urlsafe_b64encode(_proof(purpose, content) + content.encode()).rstrip(b"=").decode()


def read_signed(purpose: str, token: str) -> str | None:
    """The content of such a token; None of one that we did not make, and of any other spelling of one that we did."""
    try:
        content = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))[16:].decode()
    except ValueError:
        return None
    return content if hmac.compare_digest(token, signed(purpose, content)) else None


def _proof(purpose: str, content: str) -> bytes:
    return _keyed(f"{purpose} {content}".encode())[:16]


def _keyed(content: bytes) -> bytes:
    return hmac.digest(settings.secret("SESSION_SECRET").encode(), content, "sha256")

"""Secrets that we hand out, and the keyed digests that the database keeps of them."""

import base64
import hmac
import secrets
from uuid import UUID


def new_secret() -> str:
    """256 random bits, url-safe: a refresh token."""
    return secrets.token_urlsafe(32)


def link_secret(id: UUID, pepper: str) -> str:
    """256 bits, url-safe: the secret of a mailed link, made from the link's id whenever it is needed.

    So it stands in no table and no queue: the mail alone has it.
    """
    made = hmac.digest(pepper.encode(), f"mailed link {id}".encode(), "sha256")
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def keyed_digest(secret: str, pepper: str) -> bytes:
    """HMAC-SHA256, 32 bytes: what the database keeps of a secret, of no use without the pepper."""
    return hmac.digest(pepper.encode(), secret.encode("utf-8", "surrogatepass"), "sha256")

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


def sent_code(id: UUID, pepper: str) -> str:
    """Six digits that are mailed or texted, made from the code's id in the same way."""
    made = hmac.digest(pepper.encode(), f"sent code {id}".encode(), "sha256")
    return f"{int.from_bytes(made) % 1_000_000:06}"


def signed(purpose: str, content: str, pepper: str) -> str:
    """Url-safe: `content` for everybody to read, behind a proof of 128 bits that we said it for this purpose."""
    return base64.urlsafe_b64encode(_proof(purpose, content, pepper) + content.encode()).rstrip(b"=").decode()


def read_signed(purpose: str, token: str, pepper: str) -> str | None:
    """The content of such a token; None of one that we did not make."""
    try:
        octets = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        proof, content = octets[:16], octets[16:].decode()
    except ValueError:
        return None
    return content if hmac.compare_digest(proof, _proof(purpose, content, pepper)) else None


def _proof(purpose: str, content: str, pepper: str) -> bytes:
    return hmac.digest(pepper.encode(), f"{purpose} {content}".encode(), "sha256")[:16]


def keyed_digest(secret: str, pepper: str) -> bytes:
    """HMAC-SHA256, 32 bytes: what the database keeps of a secret, of no use without the pepper."""
    return hmac.digest(pepper.encode(), secret.encode("utf-8", "surrogatepass"), "sha256")

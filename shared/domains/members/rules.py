"""Pure rules of members and API keys."""

import re

from shared.core.call import OF_KEYS, SCOPES

KEY = re.compile(r"bcp_[A-Za-z0-9_-]{52}")  # prefix (8), an underscore, 256 random bits (43)


def key_text(name: str, secret: str) -> str:
    """An API key of two random texts: of the first only what tells it apart, of the second all, 256 bits."""
    return f"bcp_{name[:8]}_{secret}"


def is_key(text: str) -> bool:
    """Whether it has the shape of an API key; the database is not asked about anything else."""
    return KEY.fullmatch(text) is not None


def shown_part(key: str) -> str:
    """By which people tell keys apart: `bcp_` and 8 characters, which say nothing of the rest."""
    return key[:12]


def lost_scopes(role: str) -> list[str]:
    """What a key may have and somebody of this role may not."""
    return sorted(OF_KEYS - SCOPES[role])

"""In whose name an API key acts: the authorizer asks, so this loads little."""

from datetime import datetime, timedelta

from shared.core import keyed
from shared.core.db import Connection
from shared.domains.members import queries, rules

BELIEVED = timedelta(minutes=15)  # the longest a holder's role may be taken from one answer, as of access tokens


def claims(connection: Connection, text: str, now: datetime) -> dict[str, str]:
    """What the authorizer says of a key: `auth`, and where that is ok, who calls and what the key was given.

    The key is found by its keyed digest, so how long that takes tells nothing about another key's text.
    """
    if not rules.is_key(text):
        return {"auth": "invalid"}
    digest = keyed.digest(text)
    found = queries.holder(connection, digest=digest)
    if found is None or found.revoked_at:
        return {"auth": "invalid"}
    if found.expires_at and found.expires_at <= now:
        return {"auth": "expired"}
    ends = min(found.expires_at or now + BELIEVED, now + BELIEVED)
    marks = {} if found.verification == "approved" else {"marks": "unapproved"}
    return {
        "auth": "ok",
        "user_id": str(found.user_id),
        "tenant_id": str(found.tenant_id),
        "role": found.role,
        "key_id": str(found.id),
        "key_scopes": " ".join(found.scopes),
        "expires_at": str(int(ends.timestamp())),
        **marks,
    }

"""Mailed links: what is kept of them, and that each works once."""

from datetime import timedelta
from typing import Literal
from uuid import UUID

from shared.core import keyed, settings
from shared.core.call import Call
from shared.core.ids import new_id
from shared.domains.identity.errors import LinkInvalid
from shared.domains.identity.queries import links as queries
from shared.domains.identity.rows import LinkRow

Purpose = Literal["verify_email", "reset_password", "reopen_tenant"]
VERIFIES_FOR = timedelta(hours=24)
RESETS_FOR = timedelta(minutes=30)


def new_link(call: Call) -> tuple[UUID, bytes]:
    """The id of a link, by which the mail gets its secret, and the digest of that secret, which is kept."""
    pepper, id = settings.secret("SESSION_SECRET"), new_id(call.now)
    return id, keyed.keyed_digest(keyed.link_secret(id, pepper), pepper)


def spend(call: Call, purpose: Purpose, token: str) -> LinkRow:
    """Whom the link is for; LinkInvalid for one that does not work. Of many at once one succeeds."""
    digest = keyed.keyed_digest(token, settings.secret("SESSION_SECRET"))
    found = queries.use_link(call.connection, purpose=purpose, digest=digest, now=call.now)
    if found is None:
        raise LinkInvalid
    return found

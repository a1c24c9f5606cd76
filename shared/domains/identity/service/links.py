"""Mailed links: what is kept of them, and that each works once."""

from datetime import timedelta
from typing import Literal
from uuid import UUID

from shared.core import keyed
from shared.core.call import Call
from shared.core.ids import new_id
from shared.domains.identity.errors import LinkInvalid
from shared.domains.identity.queries import links as queries
from shared.domains.identity.rows import LinkRow

Purpose = Literal["verify_email", "reset_password", "reopen_tenant"]
VERIFIES_FOR = timedelta(hours=24)
RESETS_FOR = timedelta(minutes=30)
WELCOMES_FOR = timedelta(days=7)
MAILED_AGAIN_AFTER = timedelta(minutes=1)


def new_link(call: Call) -> tuple[UUID, bytes]:
    """The id of a link, by which the mail gets its secret, and the digest of that secret, which is kept."""
    id = new_id(call.now)
    return id, keyed.link_digest(id)


def renew(call: Call, purpose: Purpose, *, user: UUID, tenant: UUID, email: str, lasts: timedelta) -> UUID:
    """A new link, in place of the user's last one of this purpose; the id by which the mail gets its secret.
    Deferred."""
    link_id, digest = new_link(call)
    queries.end_link(call.connection, user=user, purpose=purpose)
    queries.add_link(
        call.connection,
        user=user,
        purpose=purpose,
        tenant=tenant,
        email=email,
        digest=digest,
        now=call.now,
        expires_at=call.now + lasts,
    )
    return link_id


def spend(call: Call, purpose: Purpose, token: str) -> LinkRow:
    """Whom the link is for; LinkInvalid for one that does not work. Of many at once one succeeds."""
    digest = keyed.digest(token)
    found = queries.use_link(call.connection, purpose=purpose, digest=digest, now=call.now)
    if found is None:
        raise LinkInvalid
    return found

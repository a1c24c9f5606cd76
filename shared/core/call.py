"""Who calls, when, and on which connection: what a use case is given besides its input."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from shared.core.db import Connection, Scope
from shared.core.errors import Unauthenticated

READ = frozenset({"profile:read", "tenant:read", "pricing:read", "parties:read", "quotes:read"})
WORK = frozenset({"pricing:write", "parties:write", "quotes:write"})
RUN = frozenset({"tenant:write", "members:read", "members:write", "keys:read", "keys:write", "tenant:export"})
SCOPES = {  # of the roles of a tenant
    "viewer": READ | {"profile:write"},
    "staff": READ | {"profile:write"} | WORK,
    "admin": READ | {"profile:write"} | WORK | RUN,
    "owner": READ | {"profile:write"} | WORK | RUN | {"tenant:close"},
}
OF_KEYS = READ - {"profile:read"} | WORK | {"tenant:write"}  # what an API key may be given


NOBODYS = Scope()


@dataclass(frozen=True, slots=True)
class Actor:
    """A user, as the verified token or API key names him; all None where the operation is public or nobody asks."""

    user_id: UUID | None = None
    tenant_id: UUID | None = None
    session_id: UUID | None = None
    role: str = ""
    key_id: UUID | None = None  # of an API key, which acts for its user
    key_scopes: frozenset[str] = frozenset()

    @property
    def scopes(self) -> frozenset[str]:
        """What the role allows, and of that, for an API key, what the key was given."""
        allowed = SCOPES.get(self.role, frozenset())
        return allowed & self.key_scopes if self.key_id else allowed


@dataclass(slots=True)
class Call:
    actor: Actor
    now: datetime
    headers: Mapping[str, str] = field(default_factory=dict)  # names in lower case
    body: bytes = b""
    target: str = ""  # path and query as they came
    client_ip: str = ""
    request_id: str = ""
    scope: Scope = NOBODYS  # of the transactions on its behalf
    connection: Connection = field(init=False)
    announced: bool = False  # an event was written to the outbox
    delay: float = 0  # seconds that the answer waits, after the transaction

    @property
    def tenant_id(self) -> UUID:
        """The tenant of the verified token."""
        if self.actor.tenant_id is None:
            raise Unauthenticated
        return self.actor.tenant_id

    @property
    def user_id(self) -> UUID:
        """The user of the verified token."""
        if self.actor.user_id is None:
            raise Unauthenticated
        return self.actor.user_id

"""Who calls, when, and on which connection: what a use case is given besides its input."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from shared.core import permissions
from shared.core.db import Connection, Scope
from shared.core.errors import Problem, Unauthenticated

Role = Literal["owner", "admin", "staff", "viewer"]  # of a user in his tenant
READ = frozenset(
    {"profile:read", "tenant:read", "pricing:read", "parties:read", "quotes:read", "coupons:read", "support:read"}
)
OWN = frozenset({"profile:write", "support:write"})  # of everybody: one's own account, and help
WORK = frozenset({"pricing:write", "parties:write", "quotes:write", "coupons:write"})
RUN = frozenset({"tenant:write", "members:read", "members:write", "keys:read", "keys:write", "tenant:export"})
SCOPES = {  # of each role
    "viewer": READ | OWN,
    "staff": READ | OWN | WORK,
    "admin": READ | OWN | WORK | RUN,
    "owner": READ | OWN | WORK | RUN | {"tenant:close"},
}
OF_KEYS = READ - {"profile:read"} | WORK | {"tenant:write", "support:write"}  # what an API key may be given


NOBODYS = Scope()


@dataclass(frozen=True, slots=True)
class Actor:
    """Who calls, as the verified token or API key names him; all None where the operation is public or nobody asks.

    A user has user_id and tenant_id; an admin has admin_id alone; with both, the admin impersonates the user.
    """

    user_id: UUID | None = None
    tenant_id: UUID | None = None
    session_id: UUID | None = None
    role: str = ""
    key_id: UUID | None = None  # of an API key, which acts for its user
    key_scopes: frozenset[str] = frozenset()
    admin_id: UUID | None = None
    granted: frozenset[str] = frozenset()  # permissions of an admin besides those of his role
    marks: frozenset[str] = frozenset()  # of the token: unapproved, read_only, must_enrol

    @property
    def scopes(self) -> frozenset[str]:
        """What a user's role allows, and of that, for an API key, what the key was given."""
        allowed = SCOPES.get(self.role, frozenset())
        return allowed & self.key_scopes if self.key_id else allowed

    @property
    def permissions(self) -> frozenset[str]:
        """What an admin may do; nothing for a user, whoever he is."""
        return permissions.allowed(self.role, self.granted) if self.is_admin else frozenset()

    @property
    def is_admin(self) -> bool:
        """An admin in his own name."""
        return self.admin_id is not None and self.user_id is None

    @property
    def is_impersonated(self) -> bool:
        return self.admin_id is not None and self.user_id is not None


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
    noted: bool = False  # the admins' log has this request
    delay: float = 0  # seconds that the answer waits, after the transaction
    refusals: dict[str, Problem] = field(default_factory=dict)  # by constraint: what violating it means

    @property
    def user_agent(self) -> str:
        """What the caller's program calls itself, as much as is kept of it."""
        return self.headers.get("user-agent", "")[:300]

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

    @property
    def admin_id(self) -> UUID:
        """The admin of the verified token, be it in his own name or a user's."""
        if self.actor.admin_id is None:
            raise Unauthenticated
        return self.actor.admin_id

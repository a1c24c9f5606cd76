"""Members of a tenant, who change one after the other: given another role."""

from uuid import UUID

from shared.core.call import Call, Role
from shared.domains.identity import public as identity
from shared.domains.members import queries, rules
from shared.domains.members.errors import LastOwner, MemberNotFound, OwnersOnly, OwnRole
from shared.domains.members.rows import StandingRow
from shared.domains.members.schemas import Member, RoleChange


def change_role(call: Call, user_id: UUID, given: RoleChange) -> Member:
    """Another role for another member. It ends his sessions, and those of his API keys that have lost a scope."""
    if user_id == call.user_id:
        raise OwnRole
    found = changeable(call, user_id)
    if given.role == "owner" and call.actor.role != "owner":
        raise OwnersOnly
    if given.role != "owner" and found.role == "owner" and found.owners == 1:
        raise LastOwner
    if given.role != found.role:
        give_role(call, user_id, given.role)
    return Member(**{name: getattr(found, name) for name in Member.model_fields} | {"role": given.role})


def give_role(call: Call, user_id: UUID, role: Role) -> None:
    """Another role than he has; see `change_role`. Deferred: who calls has locked the members and judged whether it may
    be."""
    queries.change_role(call.connection, user=user_id, role=role)
    queries.revoke_keys_having(call.connection, user=user_id, scopes=rules.lost_scopes(role), now=call.now)
    identity.end_sessions_of(call, user_id)


def lock_members(call: Call, tenant_id: UUID) -> None:
    """Until the transaction ends, nobody else changes who belongs to this tenant, and as what. Deferred."""
    queries.lock_members(call.connection, tenant=tenant_id)


def lock_members_with(call: Call, user_id: UUID) -> None:
    """The same for the tenant of a user. Deferred.

    Twice: while the first waits for whoever holds the lock, that one may move the user; the second finds him arrived.
    """
    for _ in range(2):
        queries.lock_members_with(call.connection, user=user_id)


def changeable(call: Call, user_id: UUID) -> StandingRow:
    """A member of the caller's tenant whom he may change or remove. Until the transaction ends nobody else does."""
    queries.lock_members(call.connection, tenant=call.tenant_id)
    found = queries.standing(call.connection, tenant=call.tenant_id, user=user_id)
    if found is None:
        raise MemberNotFound
    if found.role == "owner" and call.actor.role != "owner":
        raise OwnersOnly
    return found

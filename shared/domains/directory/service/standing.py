"""What admins do to a user besides correcting his data: his role, whether he may sign in, how he gets in again.

Whoever is at it has locked the members of the user's tenant first, so that one follows the other.
"""

from uuid import UUID

from shared.core.call import Call, Role
from shared.domains.directory.errors import AlreadyWelcomed, UserAlreadyDisabled, UserNotDisabled
from shared.domains.directory.queries import users as queries
from shared.domains.directory.rows import UserDetailRow
from shared.domains.directory.schemas import DirectoryUserDetail
from shared.domains.directory.service.users import detail_of, read
from shared.domains.identity import public as identity
from shared.domains.members import public as members
from shared.domains.members.public import LastOwner
from shared.domains.platform import public as platform
from shared.domains.second_factor import public as second_factor
from shared.domains.second_factor.public import FactorNotEnabled

__all__ = [
    "FactorNotEnabled",
    "LastOwner",
    "delete_user",
    "disable_user",
    "enable_user",
    "resend_welcome",
    "reset_factor",
    "set_role",
]


def set_role(call: Call, user_id: UUID, role: Role) -> DirectoryUserDetail:
    """Another role in his tenant. It ends his sessions, and those of his API keys that have lost a scope. LastOwner."""
    found = _locked(call, user_id)
    if role == found.role:
        return detail_of(found)
    if found.role == "owner" and len(found.owners) == 1:
        raise LastOwner
    members.give_role(call, user_id, role)
    return detail_of(found._replace(role=role, sessions=0))


def disable_user(call: Call, user_id: UUID, reason: str) -> DirectoryUserDetail:
    """He is out at once and cannot sign in; his API keys are refused as long as this lasts. UserAlreadyDisabled."""
    found = _locked(call, user_id)
    if found.disabled_at is not None:
        raise UserAlreadyDisabled
    queries.disable_user(call.connection, id=user_id, reason=reason, now=call.now)
    identity.end_sessions_of(call, user_id)
    identity.note(call, "account_disabled", user=user_id, tenant=found.tenant_id)
    platform.account_changed(
        call, "ACCOUNT_DISABLED", to=found.email, full_name=found.full_name, tenant_id=found.tenant_id, reason=reason
    )
    return detail_of(found._replace(disabled_at=call.now, disabled_reason=reason, sessions=0))


def enable_user(call: Call, user_id: UUID) -> DirectoryUserDetail:
    """He may sign in again, and his API keys work again. UserNotDisabled."""
    found = _locked(call, user_id)
    if found.disabled_at is None:
        raise UserNotDisabled
    queries.enable_user(call.connection, id=user_id)
    identity.note(call, "account_enabled", user=user_id, tenant=found.tenant_id)
    platform.account_changed(
        call, "ACCOUNT_ENABLED", to=found.email, full_name=found.full_name, tenant_id=found.tenant_id
    )
    return detail_of(found._replace(disabled_at=None, disabled_reason=None))


def delete_user(call: Call, user_id: UUID) -> None:
    """His account is gone for good, with everything that lets him in, and his address is free; logs keep his id, and
    what he made stays his tenant's. Of a tenant of his alone nobody is left: it is closed, to be erased. LastOwner."""
    found = _locked(call, user_id)
    if found.role == "owner" and len(found.owners) == 1 and found.colleagues:
        raise LastOwner
    if not found.colleagues:
        identity.close_abandoned(call, found.tenant_id)
    identity.end_sessions_of(call, user_id)  # so that whoever is in one in his name is noted as out of it
    queries.delete_user(call.connection, id=user_id)
    identity.note(call, "account_deleted", user=user_id, tenant=found.tenant_id)
    platform.account_changed(
        call,
        "ACCOUNT_DELETED" if found.colleagues else "LAST_ACCOUNT_DELETED",
        to=found.email,
        full_name=found.full_name,
        tenant_id=found.tenant_id,
        company_name=found.tenant_name,
    )


def resend_welcome(call: Call, user_id: UUID) -> None:
    """Another link by which he chooses a password; the one before no longer works. AlreadyWelcomed."""
    found = read(call, user_id)
    if found.email_verified:
        raise AlreadyWelcomed
    identity.welcome(
        call,
        user_id=user_id,
        tenant_id=found.tenant_id,
        email=found.email,
        full_name=found.full_name,
        company_name=found.tenant_name,
    )


def reset_factor(call: Call, user_id: UUID) -> None:
    """Take away his second factor: from now on his password is enough. His sessions end. FactorNotEnabled."""
    found = read(call, user_id)
    holder = second_factor.Holder(user_id, found.tenant_id, found.email, found.full_name)
    second_factor.reset_factor(call, holder)
    identity.end_sessions_of(call, user_id)


def _locked(call: Call, user_id: UUID) -> UserDetailRow:
    members.lock_members_with(call, user_id)
    return read(call, user_id)

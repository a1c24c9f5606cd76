"""Users: found, looked at, made and corrected."""

from uuid import UUID

from shared.core import db, paging
from shared.core.call import Call, Role
from shared.core.paging import Page
from shared.domains.directory import rules
from shared.domains.directory.errors import TenantIsClosed, TenantNotFound, UserNotFound
from shared.domains.directory.queries import users as queries
from shared.domains.directory.rows import UserDetailRow, UserRow
from shared.domains.directory.rules import UserStatus
from shared.domains.directory.schemas import (
    DirectoryUser,
    DirectoryUserChanges,
    DirectoryUserDetail,
    NewUser,
    UsersTenant,
)
from shared.domains.identity import public as identity
from shared.domains.identity.public import EmailTaken
from shared.domains.members import public as members
from shared.domains.platform import public as platform

__all__ = ["EmailTaken", "change_user", "create_user", "detail_of", "get_user", "list_users", "read"]


def list_users(
    call: Call,
    *,
    text: str | None,
    status: UserStatus | None,
    role: Role | None,
    tenant_id: UUID | None,
    limit: int,
    cursor: str | None,
) -> Page[DirectoryUser]:
    """Of every tenant, newest first."""
    rows = queries.users_page(
        call.connection,
        text=text or "",
        disabled=None if status is None else status == "disabled",
        role=role,
        tenant=tenant_id,
        after=paging.after(cursor),
        limit=limit + 1,
    )
    return paging.page(rows, limit, lambda row: DirectoryUser.model_validate(_shown(row)))


def get_user(call: Call, user_id: UUID) -> DirectoryUserDetail:
    """One of any tenant."""
    return detail_of(read(call, user_id))


def create_user(call: Call, given: NewUser) -> DirectoryUserDetail:
    """A user without a password, who gets a mail with the link by which he chooses one. He joins the tenant that is
    named, whose owners get a mail, or owns a new one. EmailTaken, TenantNotFound, TenantIsClosed."""
    user_id = identity.add_user(call, email=given.email, password=None, full_name=given.full_name)
    if given.tenant_id:
        members.lock_members(call, given.tenant_id)
        identity.add_member(call, user_id, given.tenant_id, given.role or "staff")
    else:
        tenant_id = identity.found_tenant(call, name=given.company_name or given.full_name)
        identity.add_member(call, user_id, tenant_id, "owner")
    try:
        made = read(call, user_id)
    except db.DatabaseError as error:
        if db.violated(error) == "tenant_users_tenant_id_fkey":
            raise TenantNotFound from None
        raise
    if made.closed_at is not None:
        raise TenantIsClosed
    identity.welcome(
        call,
        user_id=user_id,
        tenant_id=made.tenant_id,
        email=made.email,
        full_name=made.full_name,
        company_name=made.tenant_name,
    )
    _tell_owners(call, made)
    return detail_of(made)


def change_user(call: Call, user_id: UUID, given: DirectoryUserChanges) -> DirectoryUserDetail:
    """Change what is given. A new address has to be confirmed, by the link that is mailed there; the old one is told.
    EmailTaken."""
    members.lock_members_with(call, user_id)
    before = read(call, user_id)
    changes = given.model_dump(mode="json", exclude_unset=True)
    if changes.get("email") == before.email:
        del changes["email"]
    queries.change_user(call.connection, id=user_id, changes=changes)
    try:
        after = read(call, user_id)
    except db.DatabaseError as error:
        if db.violated(error) == "users_email_key":
            raise EmailTaken("somebody else has this e-mail address") from None
        raise
    if after.email != before.email:
        name, tenant_id = after.full_name, after.tenant_id
        identity.ask_again(call, user_id=user_id, tenant_id=tenant_id, email=after.email, full_name=name)
        platform.account_changed(
            call, "ADDRESS_CHANGED", to=before.email, full_name=name, tenant_id=tenant_id, email=after.email
        )
        identity.note(call, "address_changed", user=user_id, tenant=tenant_id)
    return detail_of(after)


def read(call: Call, user_id: UUID) -> UserDetailRow:
    """UserNotFound."""
    found = queries.user_by_id(call.connection, id=user_id, now=call.now)
    if found is None:
        raise UserNotFound
    return found


def detail_of(found: UserDetailRow) -> DirectoryUserDetail:
    """As an answer shows him."""
    return DirectoryUserDetail.model_validate(_shown(found) | {"second_factor": found.has_second_factor})


def _tell_owners(call: Call, made: UserDetailRow) -> None:
    """Those of the tenant that he was put into; of one of his own there is none but himself."""
    for owner in made.owners:
        if owner["email"] != made.email:
            platform.account_changed(
                call,
                "MEMBER_ADDED",
                to=owner["email"],
                full_name=owner["full_name"],
                tenant_id=made.tenant_id,
                company_name=made.tenant_name,
                member=made.full_name,
                email=made.email,
                role=made.role,
            )


def _shown(found: UserRow | UserDetailRow) -> dict[str, object]:
    tenant = UsersTenant(
        id=found.tenant_id,
        name=found.tenant_name,
        status=rules.tenant_status(found.suspended_at, found.closed_at),
        verification=found.verification,
    )
    return found._asdict() | {"status": rules.user_status(found.disabled_at), "tenant": tenant}

"""Tenants: found, looked at, made, corrected, suspended."""

from uuid import UUID

from shared.core import paging
from shared.core.call import Call
from shared.core.fields import Verification
from shared.core.gstin import refuse_other_state
from shared.core.paging import Page
from shared.domains.directory import rules
from shared.domains.directory.errors import TenantAlreadySuspended, TenantNotFound, TenantNotSuspended
from shared.domains.directory.queries import tenants as queries
from shared.domains.directory.rows import TenantDetailRow, TenantRow
from shared.domains.directory.schemas import DirectoryMember, DirectoryTenant, DirectoryTenantDetail, NewTenant
from shared.domains.identity import public as identity
from shared.domains.identity.public import EmailTaken, TenantChanges
from shared.domains.members import public as members
from shared.domains.platform import public as platform
from shared.domains.platform.public import AccountMail

__all__ = [
    "EmailTaken",
    "TenantChanges",
    "change_tenant",
    "create_tenant",
    "get_tenant",
    "list_tenants",
    "reactivate_tenant",
    "suspend_tenant",
]


def list_tenants(
    call: Call,
    *,
    text: str | None,
    verification: Verification | None,
    suspended: bool | None,
    limit: int,
    cursor: str | None,
) -> Page[DirectoryTenant]:
    """Newest first."""
    rows = queries.tenants_page(
        call.connection,
        text=text or None,
        verification=verification,
        suspended=suspended,
        after=paging.after(cursor),
        limit=limit + 1,
    )
    return paging.page(rows, limit, lambda row: DirectoryTenant.model_validate(_shown(row)))


def get_tenant(call: Call, tenant_id: UUID) -> DirectoryTenantDetail:
    """One with its members."""
    return _detail_of(_read(call, tenant_id))


def create_tenant(call: Call, given: NewTenant) -> DirectoryTenantDetail:
    """A tenant with the usual prices and an owner, who gets a mail with the link by which he chooses a password.
    EmailTaken."""
    owner = given.owner
    user_id = identity.add_user(call, email=owner.email, password=None, full_name=owner.full_name)
    tenant_id = identity.found_tenant(call, name=given.company_name, time_zone=given.time_zone, currency=given.currency)
    identity.add_member(call, user_id, tenant_id, "owner")
    identity.welcome(
        call,
        user_id=user_id,
        tenant_id=tenant_id,
        email=owner.email,
        full_name=owner.full_name,
        company_name=given.company_name,
    )
    return get_tenant(call, tenant_id)


def change_tenant(call: Call, tenant_id: UUID, changes: TenantChanges) -> DirectoryTenantDetail:
    """Change what is given, as its own admins may. Invalid where GSTIN and state would contradict each other."""
    given = changes.model_dump(mode="json", exclude_unset=True)
    queries.change_tenant(call.connection, id=tenant_id, changes=given)
    changed = get_tenant(call, tenant_id)
    refuse_other_state(changed.gst_no, changed.state_code)
    return changed


def suspend_tenant(call: Call, tenant_id: UUID, reason: str) -> DirectoryTenantDetail:
    """Everybody is out at once and nobody can sign in; API keys are refused as long as this lasts. The owners get a
    mail. TenantAlreadySuspended."""
    found = _locked(call, tenant_id)
    if found.suspended_at is not None:
        raise TenantAlreadySuspended
    queries.suspend_tenant(call.connection, id=tenant_id, reason=reason, now=call.now)
    identity.end_sessions_of_tenant(call, tenant_id)
    _tell_owners(call, found, "TENANT_SUSPENDED", reason=reason)
    return _detail_of(found._replace(suspended_at=call.now, suspension_reason=reason))


def reactivate_tenant(call: Call, tenant_id: UUID) -> DirectoryTenantDetail:
    """Everybody may sign in again, and API keys work again. TenantNotSuspended."""
    found = _locked(call, tenant_id)
    if found.suspended_at is None:
        raise TenantNotSuspended
    queries.reactivate_tenant(call.connection, id=tenant_id)
    _tell_owners(call, found, "TENANT_REACTIVATED")
    return _detail_of(found._replace(suspended_at=None, suspension_reason=None))


def _locked(call: Call, tenant_id: UUID) -> TenantDetailRow:
    members.lock_members(call, tenant_id)
    return _read(call, tenant_id)


def _read(call: Call, tenant_id: UUID) -> TenantDetailRow:
    found = queries.tenant_by_id(call.connection, id=tenant_id)
    if found is None:
        raise TenantNotFound
    return found


def _tell_owners(call: Call, tenant: TenantDetailRow, template: AccountMail, **values: str) -> None:
    for member in tenant.members:
        if member["role"] == "owner":
            platform.account_changed(
                call,
                template,
                to=member["email"],
                full_name=member["full_name"],
                tenant_id=tenant.id,
                company_name=tenant.name,
                **values,
            )


def _detail_of(found: TenantDetailRow) -> DirectoryTenantDetail:
    people = [
        DirectoryMember.model_validate(member | {"status": rules.user_status(member["disabled_at"])})
        for member in found.members
    ]
    return DirectoryTenantDetail.model_validate(_shown(found) | {"members": people})


def _shown(found: TenantRow | TenantDetailRow) -> dict[str, object]:
    return found._asdict() | {"status": rules.tenant_status(found.suspended_at, found.closed_at)}

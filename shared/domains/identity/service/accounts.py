"""The signed-in user and his tenant: read and changed."""

from shared.core.call import Call
from shared.core.gstin import refuse_other_state
from shared.domains.identity.errors import UserNotFound
from shared.domains.identity.queries import accounts as queries
from shared.domains.identity.rows import MemberRow
from shared.domains.identity.schemas import (
    Account,
    Profile,
    ProfileChanges,
    Tenant,
    TenantChanges,
    TenantSummary,
    User,
)


def get_account(call: Call) -> Account:
    """The signed-in user and his tenant."""
    found = queries.member_by_id(call.connection, user=call.user_id)
    if found is None:
        raise UserNotFound
    return Account(user=user_of(found), tenant=tenant_of(found))


def get_profile(call: Call) -> Profile:
    """The signed-in user's own data."""
    found = queries.profile_by_id(call.connection, user=call.user_id)
    if found is None:
        raise UserNotFound
    return Profile.model_validate(found._asdict())


def change_profile(call: Call, changes: ProfileChanges) -> Profile:
    """Change what is given, keep the rest."""
    given = changes.model_dump(mode="json", exclude_unset=True)
    found = queries.change_profile(call.connection, user=call.user_id, changes=given)
    if found is None:
        raise UserNotFound
    return Profile.model_validate(found._asdict())


def get_tenant(call: Call) -> Tenant:
    """The company of the signed-in user."""
    found = queries.tenant_by_id(call.connection, tenant=call.tenant_id)
    if found is None:
        raise UserNotFound
    return Tenant.model_validate(found._asdict())


def change_tenant(call: Call, changes: TenantChanges) -> Tenant:
    """Change what is given, keep the rest. Invalid where GSTIN and state would contradict each other."""
    given = changes.model_dump(mode="json", exclude_unset=True)
    found = queries.change_tenant(call.connection, tenant=call.tenant_id, changes=given)
    if found is None:
        raise UserNotFound
    refuse_other_state(found.gst_no, found.state_code)
    return Tenant.model_validate(found._asdict())


def user_of(member: MemberRow) -> User:
    """As answers show him."""
    return User(
        id=member.user_id,
        email=member.email,
        full_name=member.full_name,
        role=member.role,
        email_verified=member.email_verified,
    )


def tenant_of(member: MemberRow) -> TenantSummary:
    """As answers show it."""
    return TenantSummary(
        id=member.tenant_id, name=member.tenant_name, time_zone=member.time_zone, currency=member.currency
    )

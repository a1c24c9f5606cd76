"""Statements on members, invites and API keys. Removing, accepting and checking keys see every tenant, so that those
name theirs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Delete, Insert, Update, and_, exists, func, select, union
from sqlalchemy.dialects.postgresql import insert

from shared.core import query
from shared.core.paging import After
from shared.core.query import Nullable
from shared.core.tables import Rows, newest_first, oldest_first
from shared.domains.members.rows import (
    HolderRow,
    InvitedRow,
    InviteRow,
    InvitingRow,
    KeyRow,
    MemberRow,
    StandingRow,
)
from shared.domains.members.tables import api_keys, invites, tenant_users, tenants, user_sessions, users

his = user_sessions.c.user_id == users.c.id, user_sessions.c.impersonated_by.is_(None)  # not our support's
last_seen = select(func.max(user_sessions.c.last_seen_at)).where(*his)
member = (
    users.c.id,
    users.c.full_name,
    users.c.email,
    tenant_users.c.role,
    tenant_users.c.created_at.label("joined_at"),
    last_seen.scalar_subquery().label("last_seen_at"),
)
memberships = tenant_users.join(users, users.c.id == tenant_users.c.user_id)
invite = tuple(invites.c[name] for name in InviteRow._fields)
key = tuple(api_keys.c[name] for name in KeyRow._fields)


# Members


@query.all_(MemberRow)
def members(*, after: After | None, limit: int) -> Rows:
    """First who joined first."""
    found = select(*member).select_from(memberships)
    return oldest_first(found, tenant_users.c.created_at, tenant_users.c.user_id, after, limit)


@query.later
def lock_members(*, tenant: UUID) -> Rows:
    """Members of a tenant change one after the other: the statement after this one sees what the others have done."""
    return select(tenants.c.id).where(tenants.c.id == tenant).with_for_update(key_share=True)


@query.later
def lock_members_with(*, user: UUID) -> Rows:
    """As `lock_members`, for the tenant that a user is in."""
    his = select(tenant_users.c.tenant_id).where(tenant_users.c.user_id == user).scalar_subquery()
    return select(tenants.c.id).where(tenants.c.id == his).with_for_update(key_share=True)


@query.maybe(StandingRow)
def standing(*, tenant: UUID, user: UUID) -> Rows:
    colleague = tenant_users.alias("colleague")
    owners = select(func.count()).select_from(colleague)
    owners = owners.where(colleague.c.tenant_id == tenant, colleague.c.role == "owner")
    found = select(*member, owners.scalar_subquery().label("owners"), tenants.c.time_zone, tenants.c.currency)
    joined = memberships.join(tenants, tenants.c.id == tenant_users.c.tenant_id)
    return found.select_from(joined).where(tenant_users.c.tenant_id == tenant, tenant_users.c.user_id == user)


@query.later
def change_role(*, user: UUID, role: str) -> Update:
    return tenant_users.update().where(tenant_users.c.user_id == user).values(role=role)


@query.later
def move_member(*, user: UUID, tenant: UUID, role: str, now: datetime) -> Update:
    """A user is in one tenant at a time."""
    moved = tenant_users.update().where(tenant_users.c.user_id == user)
    return moved.values(tenant_id=tenant, role=role, created_at=now)


# Invites


@query.one(InvitingRow)
def inviting(*, tenant: UUID, user: UUID, email: str) -> Rows:
    known = exists(select(users.c.id).where(users.c.email == email))
    inviter = select(users.c.full_name).where(users.c.id == user).scalar_subquery()
    before = (
        select(invites.c.created_at).where(invites.c.tenant_id == tenant, invites.c.email == email).scalar_subquery()
    )
    named = (
        tenants.c.name.label("company_name"), inviter.label("inviter"), known.label("is_member"),
        before.label("invited_at"),
    )  # fmt: skip
    return select(*named).where(tenants.c.id == tenant)


@query.later
def forget_lapsed(*, now: datetime) -> Delete:
    return invites.delete().where(invites.c.expires_at <= now)


@query.later
def save_invite(
    *, id: UUID, tenant: UUID, email: str, role: str, digest: bytes, now: datetime, expires_at: datetime
) -> Insert:
    """A new one replaces the one before to the same address."""
    values = {"id": id, "role": role, "digest": digest, "created_at": now, "expires_at": expires_at}
    added = insert(invites).values(tenant_id=tenant, email=email, **values)
    return added.on_conflict_do_update(index_elements=["tenant_id", "email"], set_=values)


@query.all_(InviteRow)
def open_invites(*, now: datetime, after: After | None, limit: int) -> Rows:
    """Newest first."""
    found = select(*invite).where(invites.c.expires_at > now)
    return newest_first(found, invites.c.created_at, invites.c.id, after, limit)


@query.count
def withdraw_invite(*, id: UUID) -> Delete:
    return invites.delete().where(invites.c.id == id)


@query.later
def use_invite(*, digest: bytes) -> Delete:
    return invites.delete().where(invites.c.digest == digest)


@query.later
def withdraw_all(*, tenant: UUID) -> Delete:
    return invites.delete().where(invites.c.tenant_id == tenant)


@query.later
def lock_both(*, user: UUID, digest: bytes) -> Rows:
    """As `lock_members`, for the tenant that a user leaves and the one that invites him."""
    his = select(tenant_users.c.tenant_id).where(tenant_users.c.user_id == user)
    inviting = select(invites.c.tenant_id).where(invites.c.digest == digest)
    found = select(tenants.c.id).where(tenants.c.id.in_(union(his, inviting))).order_by(tenants.c.id)
    return found.with_for_update(key_share=True, of=tenants)


@query.maybe(InvitedRow)
def invited(*, user: UUID, digest: bytes) -> Rows:
    colleague = tenant_users.alias("colleague")
    same = colleague.c.tenant_id == tenant_users.c.tenant_id, colleague.c.user_id != tenant_users.c.user_id
    alone = ~exists(select(colleague.c.user_id).where(*same))
    inviting = tenants.c.id == invites.c.tenant_id, tenants.c.closed_at.is_(None), tenants.c.suspended_at.is_(None)
    found = memberships.outerjoin(invites.join(tenants, and_(*inviting)), invites.c.digest == digest)
    return (
        select(
            users.c.full_name,
            users.c.email,
            users.c.email_verified,
            tenant_users.c.tenant_id.label("left_id"),
            alone.label("is_alone"),
            invites.c.id.label("invite_id"),
            invites.c.email.label("invited"),
            invites.c.role,
            invites.c.expires_at,
            tenants.c.id.label("tenant_id"),
            tenants.c.name.label("tenant_name"),
            tenants.c.time_zone,
            tenants.c.currency,
            tenants.c.verification,
        )
        .select_from(found)
        .where(users.c.id == user)
    )


# API keys


@query.later
def add_key(
    *,
    id: UUID,
    tenant: UUID,
    user: UUID,
    name: str,
    prefix: str,
    digest: bytes,
    scopes: list[str],
    now: datetime,
    expires_at: Nullable[datetime],
) -> Insert:
    return api_keys.insert().values(
        id=id,
        tenant_id=tenant,
        user_id=user,
        name=name,
        prefix=prefix,
        digest=digest,
        scopes=scopes,
        created_at=now,
        expires_at=expires_at,
    )


@query.all_(KeyRow)
def keys(*, after: After | None, limit: int) -> Rows:
    """Newest first, without the revoked ones."""
    found = select(*key).where(api_keys.c.revoked_at.is_(None))
    return newest_first(found, api_keys.c.created_at, api_keys.c.id, after, limit)


@query.count
def revoke_key(*, id: UUID, now: datetime) -> Update:
    return api_keys.update().where(api_keys.c.id == id, api_keys.c.revoked_at.is_(None)).values(revoked_at=now)


@query.later
def revoke_keys_having(*, user: UUID, scopes: list[str], now: datetime) -> Update:
    """Each key of a user that has one of these scopes."""
    his = api_keys.c.user_id == user, api_keys.c.revoked_at.is_(None), api_keys.c.scopes.bool_op("&&")(scopes)
    return api_keys.update().where(*his).values(revoked_at=now)


@query.maybe(HolderRow)
def holder(*, digest: bytes) -> Rows:
    """Whose key this is; nobody's once its maker has left the tenant."""
    same = tenant_users.c.user_id == api_keys.c.user_id, tenant_users.c.tenant_id == api_keys.c.tenant_id
    found = api_keys.join(tenant_users, same[0] & same[1]).join(tenants, tenants.c.id == api_keys.c.tenant_id)
    columns = {**api_keys.c, "role": tenant_users.c.role, "verification": tenants.c.verification}
    return select(*(columns[name] for name in HolderRow._fields)).select_from(found).where(api_keys.c.digest == digest)

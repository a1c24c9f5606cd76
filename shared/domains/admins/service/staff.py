"""The staff as its own administration sees it: who is on it, what each may do, and how he gets in again."""

from typing import Any
from uuid import UUID

from shared.core import db, paging
from shared.core.call import Call
from shared.core.errors import Unauthenticated
from shared.core.ids import new_id
from shared.core.paging import Page
from shared.domains.admins import rules
from shared.domains.admins.errors import (
    AdminEmailTaken,
    AdminNotFound,
    LastSuperAdmin,
    OwnFactor,
    OwnRights,
    RolesNotYours,
    StaffDisabled,
)
from shared.domains.admins.queries import accounts
from shared.domains.admins.queries import staff as queries
from shared.domains.admins.rows import AdminRow, StaffRow, StandingRow
from shared.domains.admins.schemas.staff import NewStaff, StaffChanges, StaffMember
from shared.domains.admins.service.accounts import holder_of, shown
from shared.domains.admins.service.passwords import new_link
from shared.domains.admins.service.session_ends import end_sessions_of
from shared.domains.platform import public as platform
from shared.domains.second_factor import public as second_factor


def list_staff(call: Call, *, limit: int, cursor: str | None) -> Page[StaffMember]:
    """First who was there first, the disabled ones too."""
    rows = queries.staff_page(call.connection, after=paging.after(cursor), limit=limit + 1)
    return paging.page(rows, limit, _shown)


def create_staff(call: Call, given: NewStaff) -> StaffMember:
    """A new admin, who gets a mail with the link that sets his password. AdminEmailTaken if the address is known."""
    _refuse_more_than_own(call, given.role, [])
    admin_id = new_id(call.now)
    try:
        accounts.add_admin(call.connection, id=admin_id, **given.model_dump(), now=call.now)
    except db.DatabaseError as error:
        if db.violated(error) == "admins_email_key":
            raise AdminEmailTaken from None
        raise
    platform.invite_staff(
        call, to=given.email, full_name=given.full_name, role=given.role, link_id=new_link(call, admin_id)
    )
    return _shown(StaffRow(admin_id, given.email, given.full_name, given.role, [], call.now, None, None, None))


def change_staff(call: Call, admin_id: UUID, given: StaffChanges) -> StaffMember:
    """Another name, role or status. A change of role or status ends every session of the admin."""
    changes = given.model_dump(exclude_unset=True)
    if "status" in changes:
        changes["disabled_at"] = call.now if changes.pop("status") == "disabled" else None
    return _change(call, admin_id, changes)


def disable_staff(call: Call, admin_id: UUID) -> None:
    """He is out at once and stays out; what he did stays in every log under his name."""
    _change(call, admin_id, {"disabled_at": call.now})


def grant(call: Call, admin_id: UUID, permissions: list[str]) -> StaffMember:
    """These permissions besides those of the role, and no others. Sessions with the former ones end."""
    return _change(call, admin_id, {"granted": sorted(set(permissions))})


def mail_password_link(call: Call, admin_id: UUID) -> None:
    """The admin gets a mail with a link that sets a new password, which then ends his sessions."""
    found = _changeable(call, admin_id)
    if found.disabled_at is not None:
        raise StaffDisabled
    link_id = new_link(call, admin_id)
    platform.reset_admin_password(call, to=found.email, full_name=found.full_name, link_id=link_id)


def reset_factor(call: Call, admin_id: UUID) -> None:
    """Take the second factor off an admin who lost or blocked it; he gets a mail, and his sessions end.

    FactorNotEnabled where there is none.
    """
    if admin_id == call.admin_id:
        raise OwnFactor
    found = _changeable(call, admin_id)
    second_factor.reset_factor(call, holder_of(found))
    end_sessions_of(call, admin_id)


def _changeable(call: Call, admin_id: UUID) -> AdminRow:
    """An admin who may do no more than the caller; any other one where the caller configures roles."""
    found = accounts.admin_by_id(call.connection, admin_id=admin_id)
    if found is None:
        raise AdminNotFound
    _refuse_more_than_own(call, found.role, found.granted)
    return found


def _change(call: Call, admin_id: UUID, changes: dict[str, Any]) -> StaffMember:
    before = _standing(call, admin_id)
    _refuse_more_than_own(call, before.role, before.granted)
    if before.disabled_at is not None and changes.get("disabled_at"):
        changes["disabled_at"] = before.disabled_at
    after = before._replace(**changes)
    if after._replace(full_name=before.full_name) != before:
        _refuse_change_of_rights(call, before, after)
        end_sessions_of(call, admin_id)
    if after != before:
        queries.change_admin(
            call.connection,
            id=admin_id,
            full_name=after.full_name,
            role=after.role,
            granted=after.granted,
            disabled_at=after.disabled_at,
        )
    return _shown(StaffRow._make(after[: len(StaffRow._fields)]))


def _standing(call: Call, admin_id: UUID) -> StandingRow:
    """The admin as he is now; until the transaction ends nobody else changes the staff.

    Whoever had the lock before may have ended the caller's own session, after it was found to hold.
    """
    queries.lock_staff(call.connection)
    assert call.actor.session_id
    found = queries.standing(call.connection, id=admin_id, session=call.actor.session_id)
    if found is None:
        raise AdminNotFound
    if not found.holds:
        raise Unauthenticated("this session has ended: log in again")
    return found


def _refuse_change_of_rights(call: Call, before: StandingRow, after: StandingRow) -> None:
    if before.id == call.admin_id:
        raise OwnRights
    if (after.role, after.granted) != (before.role, before.granted) and rules.CONFIGURES not in call.actor.permissions:
        raise RolesNotYours(permission=rules.CONFIGURES)
    was, stays = (rules.is_active_super_admin(row.role, row.disabled_at) for row in (before, after))
    if was and not stays and before.supers == 1:
        raise LastSuperAdmin


def _refuse_more_than_own(call: Call, role: str, granted: list[str]) -> None:
    if not rules.may_change(call.actor.permissions, role, granted):
        raise RolesNotYours(permission=rules.CONFIGURES)


def _shown(row: StaffRow) -> StaffMember:
    admin = AdminRow._make(row[: len(AdminRow._fields)])
    return StaffMember(
        **shown(admin).model_dump(),
        second_factors=row.second_factors or [],
        granted=row.granted,
        status="active" if row.disabled_at is None else "disabled",
        last_seen_at=row.last_seen_at,
    )

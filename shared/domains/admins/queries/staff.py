"""Statements on admins as one another's colleagues."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Update, func, select

from shared.core import query
from shared.core.paging import After
from shared.core.query import Nullable
from shared.core.tables import Rows, oldest_first
from shared.domains.admins.queries.accounts import admin
from shared.domains.admins.rows import StaffRow, StandingRow
from shared.domains.admins.tables import admin_sessions, admins

last_seen = select(func.max(admin_sessions.c.last_seen_at)).where(admin_sessions.c.admin_id == admins.c.id)
member = (*admin, last_seen.scalar_subquery().label("last_seen_at"))


@query.all_(StaffRow)
def staff_page(*, after: After | None, limit: int) -> Rows:
    """First who was there first."""
    return oldest_first(select(*member), admins.c.created_at, admins.c.id, after, limit)


@query.later
def lock_staff() -> Rows:
    """Admins, and the addresses they may come from, change one after the other: the statement after this one sees what
    the others have done."""
    return select(admins.c.id).order_by(admins.c.id).with_for_update(key_share=True)


@query.maybe(StandingRow)
def standing(*, id: UUID, session: UUID) -> Rows:
    """An admin, how many super admins may log in, and whether the session of who asks still holds."""
    colleague, sessions = admins.alias("colleague"), admin_sessions
    supers = select(func.count()).select_from(colleague)
    supers = supers.where(colleague.c.role == "super_admin", colleague.c.disabled_at.is_(None))
    holds = select(sessions.c.id).where(sessions.c.id == session, sessions.c.revoked_at.is_(None)).exists()
    return select(*member, supers.scalar_subquery().label("supers"), holds.label("holds")).where(admins.c.id == id)


@query.later
def change_admin(*, id: UUID, full_name: str, role: str, granted: list[str], disabled_at: Nullable[datetime]) -> Update:
    changed = admins.update().where(admins.c.id == id)
    return changed.values(full_name=full_name, role=role, granted=granted, disabled_at=disabled_at)

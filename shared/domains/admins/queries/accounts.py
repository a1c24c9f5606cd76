"""Statements on admins, their passwords and links."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, Insert, Text, Update, func, select, true
from sqlalchemy.dialects.postgresql import insert

from shared.core import query
from shared.core.queries import counted_attempt
from shared.core.tables import Rows
from shared.domains.admins.rows import AdminRow, ChallengedRow, LinkedRow, LoginRow
from shared.domains.admins.tables import admin_links, admins

second_factors = func.second_factors(admins.c.id, type_=ARRAY(Text)).label("second_factors")
admin = (*(admins.c[name] for name in AdminRow._fields[:-1]), second_factors)


@query.one(LoginRow)
def attempt_login(
    *, email: str, address: str, digest: bytes, account: bytes, now: datetime, until: datetime, most: int
) -> Rows:
    """Count an attempt before it is judged, and find the admin it names."""
    attempt = counted_attempt(digest, account, now, until, most)
    admitted = func.admits_address(admins.c.id, address, type_=Boolean).label("admitted")
    known = select(admins.c.password_hash, admitted, *admin).where(admins.c.email == email).subquery()
    return select(attempt.c.failures, attempt.c.until, *known.c).select_from(attempt.outerjoin(known, true()))


@query.maybe(AdminRow)
def admin_by_id(*, admin_id: UUID) -> Rows:
    return select(*admin).where(admins.c.id == admin_id)


@query.maybe(ChallengedRow)
def challenged_admin(*, admin_id: UUID, address: str) -> Rows:
    """With whether he may come from there."""
    admitted = func.admits_address(admins.c.id, address, type_=Boolean).label("admitted")
    return select(admitted, *admin).where(admins.c.id == admin_id)


@query.maybe(AdminRow)
def admin_by_email(*, email: str) -> Rows:
    return select(*admin).where(admins.c.email == email)


@query.count
def add_admin(*, id: UUID, email: str, full_name: str, role: str, now: datetime) -> Insert:
    return admins.insert().values(id=id, email=email, full_name=full_name, role=role, granted=[], created_at=now)


@query.later
def save_link(*, admin_id: UUID, digest: bytes, now: datetime, expires_at: datetime) -> Insert:
    """A new one replaces the one before."""
    values = {"digest": digest, "created_at": now, "expires_at": expires_at, "used_at": None}
    saved = insert(admin_links).values(admin_id=admin_id, **values)
    return saved.on_conflict_do_update(index_elements=["admin_id"], set_=values)


@query.maybe(LinkedRow)
def use_link(*, digest: bytes, now: datetime) -> Update:
    """Spend a link, once."""
    live = admin_links.c.digest == digest, admin_links.c.used_at.is_(None), admin_links.c.expires_at > now
    used = admin_links.update().where(*live, admins.c.id == admin_links.c.admin_id, admins.c.disabled_at.is_(None))
    return used.values(used_at=now).returning(admin_links.c.admin_id, admins.c.email)


@query.later
def set_password(*, admin_id: UUID, password_hash: str) -> Update:
    return admins.update().where(admins.c.id == admin_id).values(password_hash=password_hash)

"""Statements on break-glass codes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import Insert, insert

from shared.core import query
from shared.core.tables import Rows
from shared.domains.admins.rows import ToldRow
from shared.domains.admins.tables import admin_break_glass_codes as codes
from shared.domains.admins.tables import admins


@query.later
def save_code(*, admin_id: UUID, digest: bytes, now: datetime) -> Insert:
    """A new one replaces the one before."""
    values = {"digest": digest, "created_at": now, "used_at": None}
    saved = insert(codes).values(admin_id=admin_id, **values)
    return saved.on_conflict_do_update(index_elements=["admin_id"], set_=values)


@query.all_(ToldRow)
def use_code(*, admin_id: UUID, digest: bytes, now: datetime) -> Rows:
    """Spend a code, once: the super admins, who are told of it, and his name; nobody where the code is not right."""
    right = codes.c.admin_id == admin_id, codes.c.digest == digest, codes.c.used_at.is_(None)
    used = codes.update().where(*right).values(used_at=now).returning(codes.c.admin_id).cte("used")
    whose = admins.alias("whose")
    told = used.join(whose, whose.c.id == used.c.admin_id).join(admins, admins.c.role == "super_admin")
    named = admins.c.email.label("to"), admins.c.full_name, whose.c.full_name.label("whose")
    return select(*named).select_from(told).where(admins.c.disabled_at.is_(None))

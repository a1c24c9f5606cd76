"""Statements on who wants which mails; what has no row is wanted."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, DateTime, Insert, Text, Uuid, cast, column, func, select
from sqlalchemy.dialects.postgresql import insert

from shared.core import query
from shared.core.tables import Rows
from shared.domains.support.rows.people import PreferenceRow
from shared.domains.support.rows.tickets import Json
from shared.domains.support.tables import notification_preferences, tenant_users


@query.all_(PreferenceRow)
def preferences(*, user: UUID) -> Rows:
    mine = notification_preferences.c.user_id == user
    return select(notification_preferences.c.event, notification_preferences.c.email).where(mine)


@query.later
def save_preferences(*, user: UUID, choices: Json, now: datetime) -> Insert:
    """`choices` are events with true or false. Of somebody who has left nothing is saved."""
    given = func.jsonb_each_text(choices).table_valued(column("key", Text), column("value", Text))
    chosen = select(
        tenant_users.c.user_id,
        given.c.key,
        tenant_users.c.tenant_id,
        cast(given.c.value, Boolean),
        cast(now, DateTime(timezone=True)),
    ).where(tenant_users.c.user_id == cast(user, Uuid))
    saved = insert(notification_preferences).from_select(
        ["user_id", "event", "tenant_id", "email", "updated_at"], chosen
    )
    changed = {"email": saved.excluded.email, "updated_at": saved.excluded.updated_at}
    return saved.on_conflict_do_update(index_elements=["user_id", "event"], set_=changed)

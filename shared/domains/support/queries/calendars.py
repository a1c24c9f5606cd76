"""Statements on calendars."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Delete, Insert, Update, select

from shared.core import query
from shared.core.paging import After
from shared.core.tables import Rows, newest_first
from shared.domains.support.rows.sla import CalendarRow, CreatedRow
from shared.domains.support.rows.tickets import Json
from shared.domains.support.tables import support_calendars


@query.later
def add_calendar(*, id: UUID, name: str, time_zone: str, hours: Json, holidays: list[Json], now: datetime) -> Insert:
    return support_calendars.insert().values(
        id=id, name=name, time_zone=time_zone, hours=hours, holidays=holidays, created_at=now, updated_at=now
    )


@query.maybe(CreatedRow)
def replace_calendar(
    *, id: UUID, name: str, time_zone: str, hours: Json, holidays: list[Json], now: datetime
) -> Update:
    replaced = support_calendars.update().where(support_calendars.c.id == id)
    values = {"name": name, "time_zone": time_zone, "hours": hours, "holidays": holidays, "updated_at": now}
    return replaced.values(values).returning(support_calendars.c.created_at)


@query.count
def delete_calendar(*, id: UUID) -> Delete:
    return support_calendars.delete().where(support_calendars.c.id == id)


@query.all_(CalendarRow)
def calendars_page(*, after: After | None, limit: int) -> Rows:
    """Newest first."""
    found = select(*(support_calendars.c[name] for name in CalendarRow._fields))
    return newest_first(found, support_calendars.c.created_at, support_calendars.c.id, after, limit)

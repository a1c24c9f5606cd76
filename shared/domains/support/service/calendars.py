"""When the support desk is open, by name. A change of it moves the deadlines of open tickets."""

from typing import Any
from uuid import UUID

from shared.core import outbox, paging
from shared.core.call import Call
from shared.core.ids import new_id
from shared.core.paging import Page
from shared.domains.support.errors import CalendarInUse, CalendarNameTaken, CalendarNotFound
from shared.domains.support.events import SlaChanged
from shared.domains.support.queries import calendars as queries
from shared.domains.support.rows.sla import CalendarRow
from shared.domains.support.rules.calendars import read_calendar
from shared.domains.support.schemas.calendars import SupportCalendar, SupportCalendarIn


def list_calendars(call: Call, limit: int, cursor: str | None) -> Page[SupportCalendar]:
    """Newest first."""
    rows = queries.calendars_page(call.connection, after=paging.after(cursor), limit=limit + 1)
    return paging.page(rows, limit, _shown)


def create_calendar(call: Call, given: SupportCalendarIn) -> SupportCalendar:
    """CalendarNameTaken; Invalid where its hours contradict each other, or it would never be open."""
    id, content = new_id(call.now), _content(call, given)
    queries.add_calendar(call.connection, id=id, now=call.now, **content)
    return _shown(CalendarRow(id=id, created_at=call.now, updated_at=call.now, **content))


def replace_calendar(call: Call, id: UUID, given: SupportCalendarIn) -> SupportCalendar:
    """CalendarNotFound, and as create_calendar."""
    content = _content(call, given)
    replaced = queries.replace_calendar(call.connection, id=id, now=call.now, **content)
    if replaced is None:
        raise CalendarNotFound
    outbox.announce(call, SlaChanged())
    return _shown(CalendarRow(id=id, created_at=replaced.created_at, updated_at=call.now, **content))


def delete_calendar(call: Call, id: UUID) -> None:
    """CalendarNotFound; CalendarInUse while a rule has it. So no ticket is promised anything else by this."""
    call.refusals["sla_rules_calendar_id_fkey"] = CalendarInUse()
    if not queries.delete_calendar(call.connection, id=id):
        raise CalendarNotFound


def _content(call: Call, given: SupportCalendarIn) -> dict[str, Any]:
    call.refusals["support_calendars_name_key"] = CalendarNameTaken()
    content = given.model_dump(mode="json")
    read_calendar(content["time_zone"], content["hours"], content["holidays"])
    return content


def _shown(row: CalendarRow) -> SupportCalendar:
    return SupportCalendar.model_validate(row._asdict())

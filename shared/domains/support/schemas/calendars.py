"""When the support desk is open, as its admins write it: see rules/calendars.py for what is refused besides."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.core.fields import Input, Name, Shape, TimeZoneName

ClockTime = Annotated[
    str,
    Shape("^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", 5, "Give a time from 00:00 to 24:00, like 09:30."),
    Field(examples=["09:30"]),
]
HolidayDate = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2999, 12, 31))]


class OpenSpan(Input):
    opens: ClockTime
    closes: ClockTime = Field(description="24:00 is the end of the day")


Spans = Annotated[list[OpenSpan], Field(max_length=24)]


class OpenHours(Input):
    """By weekday; a day that is left out is closed."""

    monday: Spans = Field([])
    tuesday: Spans = Field([])
    wednesday: Spans = Field([])
    thursday: Spans = Field([])
    friday: Spans = Field([])
    saturday: Spans = Field([])
    sunday: Spans = Field([])


class CalendarHoliday(Input):
    date: HolidayDate
    name: Name = Field(examples=["Diwali"])
    hours: Spans = Field([], description="in place of the weekday's: none, unless it is half a holiday")


class SupportCalendarIn(Input):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "India",
                    "time_zone": "Asia/Kolkata",
                    "hours": {"monday": [{"opens": "09:00", "closes": "13:00"}, {"opens": "14:00", "closes": "18:00"}]},
                    "holidays": [{"date": "2026-11-08", "name": "Diwali"}],
                }
            ]
        }
    )

    name: Name
    time_zone: TimeZoneName
    hours: OpenHours
    holidays: Annotated[list[CalendarHoliday], Field(max_length=400)] = Field([])


class SupportCalendar(BaseModel):
    id: UUID
    name: str
    time_zone: str
    hours: OpenHours
    holidays: list[CalendarHoliday]
    created_at: datetime
    updated_at: datetime

"""When a schedule is due."""

from datetime import UTC, datetime, timedelta

import pytest

from local.schedules import Ticker, due_after
from local.templates import Schedule

MONDAY = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


def schedule(expression: str, zone: str = "UTC") -> Schedule:
    return Schedule("demo/job", expression, zone, "{}")


@pytest.mark.parametrize(
    ("expression", "zone", "due"),
    [
        ("rate(1 minute)", "UTC", datetime(2026, 1, 5, 12, 1, tzinfo=UTC)),
        ("rate(2 hours)", "UTC", datetime(2026, 1, 5, 14, 0, tzinfo=UTC)),
        ("rate(7 days)", "UTC", datetime(2026, 1, 12, 12, 0, tzinfo=UTC)),
        ("cron(0/15 * * * ? *)", "UTC", datetime(2026, 1, 5, 12, 15, tzinfo=UTC)),
        ("cron(0 8 ? * 1 *)", "UTC", datetime(2026, 1, 11, 8, 0, tzinfo=UTC)),  # 1 is Sunday
        ("cron(0 8 ? * MON-FRI *)", "UTC", datetime(2026, 1, 6, 8, 0, tzinfo=UTC)),
        ("cron(30 2 1 * ? *)", "Asia/Kolkata", datetime(2026, 1, 31, 21, 0, tzinfo=UTC)),
        ("cron(0 0 1 1 ? 2028)", "UTC", datetime(2028, 1, 1, 0, 0, tzinfo=UTC)),
    ],
)
def test_due(expression: str, zone: str, due: datetime) -> None:
    assert due_after(schedule(expression, zone), MONDAY) == due


def test_an_expression_that_is_not_understood_is_named() -> None:
    with pytest.raises(ValueError, match=r"demo/job.*every day"):
        due_after(schedule("every day"), MONDAY)


def test_a_schedule_fires_once_however_often_it_was_missed() -> None:
    now, fired = MONDAY, list[Schedule]()
    ticker = Ticker([schedule("rate(1 hour)")], lambda: now, fired.append)
    ticker.tick()
    assert fired == []
    now = MONDAY + timedelta(hours=5)
    ticker.tick()
    ticker.tick()
    assert len(fired) == 1
    now = MONDAY
    ticker.restart()
    now = MONDAY + timedelta(hours=1)
    ticker.tick()
    assert len(fired) == 2

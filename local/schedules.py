"""Schedules, which moto never fires: they follow the moved clock, and what became due fires once."""

import logging
import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from croniter import croniter  # type: ignore[import-untyped]

from local.templates import Schedule

log = logging.getLogger(__name__)


def due_after(schedule: Schedule, moment: datetime) -> datetime:
    """When an expression of EventBridge Scheduler, `rate(5 minutes)` or `cron(0 8 ? * MON-FRI *)`, is due next."""
    if found := re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", schedule.expression):
        return moment + timedelta(**{f"{found[2]}s": int(found[1])})
    if found := re.fullmatch(r"cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)", schedule.expression):
        minute, hour, day, month, weekday, year = (part.replace("?", "*") for part in found.groups())
        weekday = re.sub(
            r"(?<![#/\d])\d", lambda number: str(int(number[0]) - 1), weekday
        )  # 1 is Sunday on AWS, 0 here
        following = croniter(
            f"{minute} {hour} {day} {month} {weekday} 0 {year}", moment.astimezone(ZoneInfo(schedule.zone))
        )
        due: datetime = following.get_next(datetime)
        return due.astimezone(UTC)
    raise ValueError(f"{schedule.function}: a schedule that the local stack does not understand: {schedule.expression}")


class Ticker:
    """Calls `fire(schedule)`, which must not wait, whenever one is due by `now()`."""

    def __init__(
        self, schedules: list[Schedule], now: Callable[[], datetime], fire: Callable[[Schedule], object]
    ) -> None:
        self._now, self._fire = now, fire
        self._schedules = schedules
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self.restart()

    def restart(self) -> None:
        """Count from now on, as after the clock was set back."""
        with self._lock:
            self._due = {schedule: due_after(schedule, self._now()) for schedule in self._schedules}

    def start(self) -> None:
        threading.Thread(target=self._run, name="schedules", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()

    def tick(self) -> None:
        """Fire what is due, each schedule once however often it was missed."""
        with self._lock:
            now = self._now()
            due = [schedule for schedule, moment in self._due.items() if moment <= now]
            self._due.update({schedule: due_after(schedule, now) for schedule in due})
            for schedule in due:
                self._fire(schedule)

    def _run(self) -> None:
        while not self._stopped.wait(0.25):
            try:
                self.tick()
            except Exception:
                log.exception("schedules")

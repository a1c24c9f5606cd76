"""The life of a ticket: promised within business hours, late over a weekend, paused, resolved, rated, closed, counted.

The clock is moved by two weeks and put back at the end; the whole stack lives through them.
"""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tools.api import Caller, Refused, confirm_address, running_stack
from tools.demo import tell

INDIA = ZoneInfo("Asia/Kolkata")
OPEN = [{"opens": "09:00", "closes": "13:00"}, {"opens": "14:00", "closes": "18:00"}]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
PROMISE = {"priority": "high", "category": "integration_api", "first_response": 60, "resolution": 480}
QUESTION = {
    "subject": "The import of our orders failed",
    "description": "Since noon the API answers 422 to every box of five ply.",
    "category": "integration_api",
}


class Desk:
    """A user and an admin of the running stack, who sign in again whenever the clock is moved."""

    def __init__(self, stack: dict[str, Any]) -> None:
        self.control, self.known_admin = Caller(stack["control_url"]), stack["admin"]
        self.user, self.admin = Caller(stack["base_url"]), Caller(stack["base_url"])
        self.email = f"boxmaker-{uuid.uuid4().hex[:8]}@example.com"
        self.known_user = {"email": self.email, "password": "corrugated since 1987"}
        names = {"full_name": "Imran Shaikh", "company_name": "Shaikh Cartons"}
        self.tenant_id = self.user.sign_in("/api/auth/signup", self.known_user | names)["tenant"]["id"]
        self.admin_id = self.admin.sign_in("/api/admin/login", self.known_admin)["admin"]["id"]
        confirm_address(self.user, self.control, self.email)  # else he would get no mails about tickets
        self.ticket = ""

    def until(self, moment: datetime) -> None:
        """Let the time pass, the jobs run that it brings, and their events arrive."""
        now = datetime.fromisoformat(self.control.post("/clock", {"advance_seconds": 0})["now"])
        self.control.post("/clock", {"advance_seconds": (moment - now).total_seconds()})
        self.user.sign_in("/api/auth/signin", self.known_user)
        self.admin.sign_in("/api/admin/login", self.known_admin)
        tell(f"— {moment:%A, %-d %B, %H:%M} in India —")

    def run(self, job: str) -> None:
        self.control.post(f"/jobs/support/{job}", {})
        self.control.post("/drain", {})

    def read(self, rest: str = "") -> Any:
        return self.admin.get(f"/api/support/tickets/{self.ticket}{rest}")

    def say(self, caller: Caller, message: str) -> None:
        caller.post(f"/api/support/tickets/{self.ticket}/messages", {"message": message})
        self.control.post("/drain", {})

    def mails(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.control.get(f"/mail?to={self.email}")
        return found


def main() -> None:
    desk = Desk(running_stack())
    try:
        friday = next_friday(desk)
        desk.until(at(friday, "17:30"))
        with at_work(desk), promised(desk, holiday=friday + timedelta(days=3)):
            open_ticket(desk)
            desk.until(at(friday + timedelta(days=4), "10:00"))
            late(desk)
            answer(desk)
            desk.until(at(friday + timedelta(days=5), "10:00"))
            go_on(desk)
            resolve(desk)
            desk.until(at(friday + timedelta(days=9), "12:00"))
            close(desk)
            show_figures(desk)
    finally:
        desk.control.post("/clock", {"reset": True})
        tell("the clock is right again")


def open_ticket(desk: Desk) -> None:
    ticket = desk.user.post("/api/support/tickets", QUESTION)
    desk.ticket = ticket["id"]
    tell(f"a user asks: {ticket['number']}, {ticket['priority']} by its words; due {local(ticket['resolution_due'])}")
    desk.control.post("/drain", {})
    mine = desk.read()["assigned_to"] == desk.admin_id
    tell(f"it was assigned to {'the agent' if mine else 'another agent'} by itself; the user has a mail:")
    tell(f"  {desk.mails()[-1]['subject']}")
    explain(desk, "first_response")


def late(desk: Desk) -> None:
    desk.run("sweep_sla")
    sla = desk.read()["sla"]
    tell(f"nobody has answered: {sla['state']}, escalated to level {sla['level']}")


def answer(desk: Desk) -> None:
    desk.say(desk.admin, "Which version of the API do you call?")
    ticket = desk.read()
    tell(f"the agent asks back: {ticket['status']}, {ticket['sla']['state']}, due {local(ticket['resolution_due'])}")
    tell(f"  {desk.mails()[-1]['subject']}")


def go_on(desk: Desk) -> None:
    desk.say(desk.user, "The first one, as always.")
    ticket = desk.read()
    tell(f"a day later the user answers: {ticket['status']}; now it is due {local(ticket['resolution_due'])}")
    explain(desk, "resolution")


def resolve(desk: Desk) -> None:
    note = {"status": "resolved", "note": "Five ply wants both flutes; the message now says which is missing."}
    desk.admin.patch(f"/api/support/tickets/{desk.ticket}", note)
    desk.user.post(f"/api/support/tickets/{desk.ticket}/reopen", {"reason": "It still says 422."})
    tell(f"resolved, and re-opened by the user: {desk.read()['status']}")
    desk.admin.patch(f"/api/support/tickets/{desk.ticket}", note)
    desk.control.post("/drain", {})
    mail = desk.mails()[-1]
    tell(f"resolved again: {mail['subject']}")
    token = re.findall(r"token=([\w-]+)", mail["text"])[-1]
    path, rating = f"/api/public/ratings/{token}", {"rating": 5, "feedback": "Quick, once you were there"}
    tell(f"by the link of the mail, without signing in, he gives {Caller(desk.user.base_url).post(path, rating)}")
    tell(f"  the link works once: {desk.user.refused(path, rating)['title']}")


def close(desk: Desk) -> None:
    desk.run("close_resolved")
    ticket = desk.read()
    tell(f"three days without an answer: {ticket['status']}. {ticket['messages'][-1]['message']}")
    path, more = f"/api/support/tickets/{desk.ticket}/messages", {"message": "One thing more."}
    tell(f"a further message is refused: {desk.user.refused(path, more)['title']}")


def show_figures(desk: Desk) -> None:
    query = f"?tenant_id={desk.tenant_id}&time_zone=Asia/Kolkata"
    total = desk.admin.get(f"/api/support/analytics{query}")["total"]
    first, whole = (total[name]["median_minutes"] / 60 for name in ("first_response", "resolution"))
    tell(f"the figures of his company: answered after {first:.1f} h by the wall clock, resolved after {whole:.1f} h")
    tell(f"  re-opened: {total['reopened']}; rated {total['satisfaction']['mean']:g} of 5")
    promises = desk.admin.get(f"/api/support/analytics/sla{query}")["total"]
    kept = {name.replace("_", " "): f"{promises[name]['compliance']:.0%}" for name in ("first_response", "resolution")}
    tell(f"  kept of what was promised: {', '.join(f'{name} {share}' for name, share in kept.items())}")


def explain(desk: Desk, clock: str) -> None:
    found = desk.read("/sla")[clock]
    target, left = found["target_minutes"], found["remaining_minutes"]
    tell(f"the {clock.replace('_', ' ')}, explained: {target} minutes, {left:.0f} left, due {local(found['due'])}")
    for part in found["intervals"]:
        why = part["reason"].replace("_", " ") + (f", {part['note'].replace('_', ' ')}" if part["note"] else "")
        tell(f"  {local(part['starts'])} – {local(part['ends'])}: {part['counted_minutes']:.0f} minutes ({why})")


@contextmanager
def promised(desk: Desk, holiday: datetime) -> Iterator[None]:
    """A rule with a calendar, for as long as it takes."""
    calendar = {
        "name": f"India {uuid.uuid4().hex[:6]}",
        "time_zone": INDIA.key,
        "hours": dict.fromkeys(WEEKDAYS, OPEN),
        "holidays": [{"date": f"{holiday:%Y-%m-%d}", "name": "Founders' Day"}],
    }
    calendar_id = desk.admin.post("/api/support/calendars", calendar)["id"]
    terms = PROMISE | {"escalate_after": 420, "close_after_days": 3, "calendar_id": calendar_id}
    rule_id = desk.admin.post("/api/support/sla-rules", terms)["id"]
    tell("the desk is open on weekdays from 9 to 13 and 14 to 18, but not on Monday: Founders' Day")
    tell("of such tickets it promises an answer in 60 and a resolution in 480 of its minutes")
    try:
        yield
    finally:
        desk.admin.fetch("DELETE", f"/api/support/sla-rules/{rule_id}")
        desk.admin.fetch("DELETE", f"/api/support/calendars/{calendar_id}")


@contextmanager
def at_work(desk: Desk) -> Iterator[None]:
    """The admin is an agent who knows the category; afterwards he is offline."""
    path = f"/api/support/agents/{desk.admin_id}"
    try:
        desk.admin.post("/api/support/agents", {"admin_id": desk.admin_id})
    except Refused as refused:
        if refused.status != 409:
            raise
    desk.admin.patch(path, {"state": "online", "expertise": [QUESTION["category"]]})
    try:
        yield
    finally:
        desk.admin.patch(path, {"state": "offline"})


def next_friday(desk: Desk) -> datetime:
    now = datetime.fromisoformat(desk.control.post("/clock", {"advance_seconds": 0})["now"]).astimezone(INDIA)
    return now + timedelta(days=(WEEKDAYS.index("friday") - now.weekday() - 1) % 7 + 1)


def at(day: datetime, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), INDIA)


def local(moment: str | None) -> str:
    """To the nearest minute."""
    if moment is None:
        return "at no time yet"
    return f"{datetime.fromisoformat(moment).astimezone(INDIA) + timedelta(seconds=30):%a %H:%M}"


if __name__ == "__main__":
    main()

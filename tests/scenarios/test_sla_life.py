"""The promises of one ticket from its opening to its rating and on, over Easter in Berlin; the clock is moved.

The desk is open from Monday to Friday from nine to five, and on Sunday from midnight to six: on this one, when clocks
go forward, that is five hours. Good Friday is a holiday.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.functions.support.desk import change, open_ticket, path, say, seen
from tests.functions.support.promises import (
    ALONE,
    OFFICE,
    add_calendar,
    add_rule,
    make_room,
    move_clock,
    sweep,
    told,
)
from tests.support.admins import logged_in, new_admin
from tests.support.client import PASSWORD, Client, sign_up
from tests.support.database import Database

NIGHT = {"sunday": [{"opens": "00:00", "closes": "06:00"}]}
GOOD_FRIDAY = {"date": "2024-03-29", "name": "Good Friday"}


class Cast(NamedTuple):
    """Who acts, signed in anew whenever the clock is moved."""

    offset: Path
    owner: Client
    agent: Client

    def at(self, moment: str) -> "Cast":
        """In UTC, like every time here: Berlin is one hour ahead, from Sunday two in the morning on two."""
        move_clock(self.offset, moment)
        email = self.owner.account["user"]["email"]
        answer = Client().post("/api/auth/signin", {"email": email, "password": PASSWORD})
        assert answer.status == 200, answer.body
        return self._replace(
            owner=Client(token=answer.json["access_token"], account=answer.json), agent=logged_in(self.agent)
        )


@pytest.fixture
def cast(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    offset = tmp_path / "offset"
    monkeypatch.setenv("CLOCK_OFFSET_FILE", str(offset))
    move_clock(offset, "2024-03-28T14:50")
    owner, agent = sign_up(), new_admin(database)
    calendar = add_calendar(agent, time_zone="Europe/Berlin", hours=OFFICE | NIGHT, holidays=[GOOD_FRIDAY])
    add_rule(agent, calendar_id=calendar["id"], first_response=120, resolution=720, escalate_after=600)
    yield Cast(offset, owner, agent)
    make_room(agent)


def dues(client: Client, ticket: dict[str, Any]) -> dict[str, str | None]:
    """When each promise is due, to five minutes: the clock goes on while things are done."""
    found = seen(client, ticket)
    moments = {clock: found[f"{clock}_due"] for clock in ("first_response", "next_response", "resolution")}
    return {clock: moment and nearest(moment) for clock, moment in moments.items()}


def nearest(moment: str) -> str:
    seconds = datetime.fromisoformat(moment).timestamp()
    return datetime.fromtimestamp(round(seconds / 300) * 300, UTC).strftime("%m-%dT%H:%M")


def escalated(database: Database, ticket: dict[str, Any]) -> list[tuple[str, int, str]]:
    return [(event["cause"], event["level"], event["to"]) for event in told(database, ticket, "TicketEscalated")]


def test_the_life_of_a_ticket(cast: Cast, database: Database) -> None:
    now = cast.at("2024-03-28T15:00:00")  # Thursday, an hour before the desk closes
    ticket = open_ticket(now.owner, **ALONE)
    assert dues(now.owner, ticket) == {
        "first_response": "03-31T00:00", "next_response": None, "resolution": "04-01T13:00"
    }, "over the holiday and the weekend, and the hour that Sunday lacks"  # fmt: skip

    now = cast.at("2024-03-30T12:00:00")  # Saturday
    assert (sweep_of(ticket, database), seen(now.owner, ticket)["sla"]["state"]) == ([], "ok")

    now = cast.at("2024-03-31T00:10:00")  # Sunday, before the clocks are changed
    assert seen(now.owner, ticket)["sla"] == {"state": "breached", "breached": True, "level": 0}
    assert sweep_of(ticket, database) == ["SlaBreached", "TicketEscalated"]
    assert sweep_of(ticket, database) == []
    assert escalated(database, ticket) == [("first_response", 1, "support_staff")]

    now = cast.at("2024-03-31T00:30:00")  # after 150 minutes of the desk
    say(now.agent, ticket, "Which box is it?")
    assert dues(now.owner, ticket)["resolution"] is None
    assert seen(now.owner, ticket)["sla"] == {"state": "paused", "breached": True, "level": 1}

    now = cast.at("2024-04-01T07:00:00")  # Monday
    say(now.owner, ticket, "The one of five ply.")
    assert dues(now.owner, ticket) == {
        "first_response": "03-31T00:00", "next_response": "04-01T09:00", "resolution": "04-02T08:30"
    }  # fmt: skip
    now = cast.at("2024-04-01T08:30:00")  # after 240
    say(now.agent, ticket, "Of which width?")
    now = cast.at("2024-04-01T08:45:00")
    say(now.owner, ticket, "A metre.")
    assert dues(now.owner, ticket)["next_response"] == "04-01T10:45"
    assert dues(now.owner, ticket)["resolution"] == "04-02T08:45"

    now = cast.at("2024-04-01T10:50:00")
    assert sweep_of(ticket, database) == ["SlaBreached", "TicketEscalated"]
    assert escalated(database, ticket)[1:] == [("next_response", 2, "super_admin")]

    now = cast.at("2024-04-01T11:00:00")  # after 375
    assert change(now.agent, ticket, status="resolved", note="The price was corrected.").status == 200
    assert now.owner.post(path(ticket, "/rating"), {"rating": 4, "feedback": "A little late."}).status == 200
    now = cast.at("2024-04-02T07:30:00")
    assert sweep_of(ticket, database) == []
    say(now.owner, ticket, "It is wrong again.")
    found = seen(now.owner, ticket)
    assert (found["status"], found["rating"], found["resolved_at"]) == ("in_progress", 4, None)
    assert dues(now.owner, ticket)["resolution"] == "04-02T13:15", "it goes on where it stopped"

    now = cast.at("2024-04-02T11:20:00")
    assert sweep_of(ticket, database) == ["SlaBreached", "TicketEscalated", "TicketEscalated", "SlaWarning"]
    assert [cause for cause, _, _ in escalated(database, ticket)] == [
        "first_response", "next_response", "next_response", "slow"
    ]  # fmt: skip
    now = cast.at("2024-04-02T12:00:00")  # after 645
    assert change(now.agent, ticket, status="resolved").status == 200
    assert now.owner.post(path(ticket, "/rating"), {"rating": 1}).json["rating"] == 1, "of how it was solved at last"
    assert now.owner.post(path(ticket, "/rating"), {"rating": 5}).json["type"] == "/problems/ticket-already-rated"

    explained = now.owner.get(path(ticket, "/sla")).json
    resolution = explained["resolution"]
    assert (explained["state"], resolution["state"], nearest(resolution["due"])) == ("breached", "met", "04-02T13:15")
    assert resolution["elapsed_minutes"] == pytest.approx(645, abs=2)
    assert sum(each["counted_minutes"] for each in resolution["intervals"]) == pytest.approx(
        resolution["elapsed_minutes"], abs=0.1
    )
    assert [each["note"] or each["reason"] for each in resolution["intervals"]] == [
        "counted", "outside_hours", "Good Friday", "outside_hours",
        "counted", "waiting_user", "counted", "waiting_user", "counted", "resolved", "counted",
    ]  # fmt: skip


def sweep_of(ticket: dict[str, Any], database: Database) -> list[str]:
    """What a sweep tells of the ticket."""
    before = len(told(database, ticket))
    sweep()
    return [event["name"] for event in told(database, ticket)][before:]

"""GET /api/support/analytics."""

from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from typing import Any

import pytest

from shared.core import clock
from shared.domains.support.schemas.analytics import SupportAnalytics
from tests.functions.support import figures
from tests.functions.support.figures import by, counts, day_of, durations, ended_at, stored
from tests.support.admins import new_admin
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database

PATH = "/api/support/analytics"
INDIA = "Asia/Kolkata"


def example(admin: Client) -> Request:
    return Request("GET", PATH)


def test_the_documented_example_is_what_its_tickets_come_to(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: figures.NOW)
    owner, admin = sign_up(), new_admin(database)
    asha, ravi = (new_admin(database, "support_staff").account["admin"]["id"] for _ in range(2))
    known = figures.example_of(SupportAnalytics)
    tenant = owner.account["tenant"]["id"]
    with stored(database, figures.documented(owner, asha, ravi)):
        query = {"from": known["first_day"], "to": known["last_day"], "time_zone": INDIA, "tenant_id": tenant}
        answer = admin.get(PATH, **query)
    assert answer.json == known | {"tenant_id": tenant}


@pytest.mark.parametrize("zone", ["UTC", INDIA, "America/St_Johns"])
def test_it_agrees_with_a_hand_count(zone: str, owner: Client, admin: Client, database: Database) -> None:
    now = datetime.now(UTC)
    agents = [new_admin(database, "support_staff").account["admin"]["id"] for _ in range(2)]
    tickets = figures.generated(owner, agents, now)
    first, last = ((now - timedelta(days=days)).date().isoformat() for days in (6, 2))
    period = {"from": first, "to": last, "time_zone": zone, "tenant_id": owner.account["tenant"]["id"]}
    with stored(database, tickets):
        found = admin.get(PATH, **period).json
    counted = [each for each in tickets if first <= day_of(each.created_at, zone) <= last]
    assert 100 < len(counted) < len(tickets)
    assert_about(found["total"], counts(counted))
    for name in ("priority", "category"):
        groups = by(counted, attrgetter(name))
        assert {group[name] for group in found[f"by_{name}"]} == set(groups)
        for group in found[f"by_{name}"]:
            assert_about(group, counts(groups[group[name]]) | {name: group[name]})
    assert [group["priority"] for group in found["by_priority"]] == ["urgent", "high", "medium", "low"]
    statuses = {status: len(each) for status, each in by(counted, lambda each: each.status).items()}
    assert {group["status"]: group["tickets"] for group in found["by_status"]} == statuses
    opened = by(tickets, lambda each: day_of(each.created_at, zone))
    ended = by(tickets, lambda each: day_of(ended_at(each), zone))
    days = [(date.fromisoformat(first) + timedelta(days=n)).isoformat() for n in range(5)]
    assert found["by_day"] == [
        {"day": day, "opened": len(opened[day]), "ended": len(ended.get(day, []))} for day in days
    ]
    waiting = [each for each in tickets if not ended_at(each)]
    backlog = found["backlog"]
    assert backlog["tickets"] == len(waiting)
    assert backlog["unassigned"] == sum(each.assigned_to is None for each in waiting)
    late = [each for each in waiting if figures.every_promise(each, now) == "breached"]
    assert backlog["breached"] == len(late)
    assert datetime.fromisoformat(backlog["oldest_at"]) == min(each.created_at for each in waiting)
    ages = durations([now - each.created_at for each in waiting])
    assert_about(backlog["age"], ages, within=0.5)
    priorities = {priority: len(each) for priority, each in by(waiting, lambda each: each.priority).items()}
    assert {group["priority"]: group["tickets"] for group in backlog["by_priority"]} == priorities


def assert_about(found: dict[str, Any], wanted: dict[str, Any], within: float = 0.0051) -> None:
    """As wanted; what is rounded, nearly."""
    assert set(found) == set(wanted)
    for name, value in wanted.items():
        if isinstance(value, dict):
            assert_about(found[name], value, within)
        else:
            assert found[name] == (pytest.approx(value, abs=within) if isinstance(value, float) else value), name


def test_it_is_of_every_tenant_unless_one_is_named(admin: Client, database: Database) -> None:
    owners, day = [sign_up() for _ in range(2)], datetime(2003, 5, 6, 23, 59, 59, tzinfo=UTC)
    tickets = [figures.ticket(owner, day) for owner in owners]
    query = {"from": "2003-05-06", "to": "2003-05-06"}
    with stored(database, tickets):
        assert admin.get(PATH, **query).json["total"]["tickets"] == 2
        mine = admin.get(PATH, **query, tenant_id=owners[0].account["tenant"]["id"]).json
        assert (mine["total"]["tickets"], mine["backlog"]["tickets"]) == (1, 1)
    nothing = admin.get(PATH, **query).json
    assert nothing["total"] == counts([])
    assert nothing["by_day"] == [{"day": "2003-05-06", "opened": 0, "ended": 0}]


def test_the_last_thirty_days_unless_asked(admin: Client) -> None:
    found = admin.get(PATH).json
    first, last = (date.fromisoformat(found[name]) for name in ("first_day", "last_day"))
    assert (last - first, found["time_zone"], found["tenant_id"]) == (timedelta(days=29), "UTC", None)
    assert len(found["by_day"]) == 30
    assert admin.get(PATH, to="2024-12-31", **{"from": "2024-01-01"}).status == 200, "a leap year"
    for wrong in ({"from": "2024-01-01", "to": "2025-01-01"}, {"from": "2024-01-02", "to": "2024-01-01"}):
        refused = admin.get(PATH, **wrong)
        assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "#/query/from")
    assert admin.get(PATH, time_zone="India").json["errors"][0]["pointer"] == "#/query/time_zone"

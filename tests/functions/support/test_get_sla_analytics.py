"""GET /api/support/analytics/sla."""

from datetime import UTC, datetime, timedelta
from operator import attrgetter

import pytest

from shared.core import clock
from shared.domains.support.schemas.analytics import SlaAnalytics
from tests.functions.support import figures
from tests.functions.support.figures import by, day_of, promises, stored
from tests.functions.support.test_get_support_analytics import INDIA, assert_about
from tests.support.admins import new_admin
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database

PATH = "/api/support/analytics/sla"
KINDS = ("first_response", "resolution", "every_promise")


def example(admin: Client) -> Request:
    return Request("GET", PATH)


def test_the_documented_example_is_what_its_tickets_come_to(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: figures.NOW)
    owner, admin = sign_up(), new_admin(database)
    asha, ravi = (new_admin(database, "support_staff").account["admin"]["id"] for _ in range(2))
    known = figures.example_of(SlaAnalytics)
    tenant = owner.account["tenant"]["id"]
    with stored(database, figures.documented(owner, asha, ravi)):
        query = {"from": known["first_day"], "to": known["last_day"], "time_zone": INDIA, "tenant_id": tenant}
        answer = admin.get(PATH, **query)
    assert answer.json == known | {"tenant_id": tenant}


def test_it_agrees_with_a_hand_count(owner: Client, admin: Client, database: Database) -> None:
    now = datetime.now(UTC)
    tickets = figures.generated(owner, [], now)
    first, last = ((now - timedelta(days=days)).date().isoformat() for days in (6, 0))
    period = {"from": first, "to": last, "time_zone": INDIA, "tenant_id": owner.account["tenant"]["id"]}
    with stored(database, tickets):
        found = admin.get(PATH, **period).json
    counted = [each for each in tickets if first <= day_of(each.created_at) <= last]
    total = promises(counted, now)
    assert all(min(total[name][state] for state in ("met", "breached", "running")) > 5 for name in KINDS)
    assert_about(found["total"], total, within=0.00005)
    for name in ("priority", "category"):
        groups = by(counted, attrgetter(name))
        assert {group[name] for group in found[f"by_{name}"]} == set(groups)
        for group in found[f"by_{name}"]:
            assert_about(group, promises(groups[group[name]], now) | {name: group[name]}, within=0.00005)
    days = by(counted, lambda each: day_of(each.created_at))
    assert len(found["by_day"]) == 7
    for day in found["by_day"]:
        assert_about(day, promises(days.get(day["day"], []), now) | {"day": day["day"]}, within=0.00005)


def test_what_nobody_has_noticed_yet_counts(owner: Client, admin: Client, database: Database) -> None:
    """A further question that waits too long breaks a promise, though neither clock of its ticket is late."""
    now = datetime.now(UTC)
    ago, ahead = now - timedelta(minutes=1), now + timedelta(hours=1)
    late = figures.ticket(
        owner, now - timedelta(hours=2), status="in_progress", first_response_at=ago - timedelta(hours=1),
        first_response_due=ago, next_response_since=ago, next_response_due=ago, resolution_due=ahead,
    )  # fmt: skip
    with stored(database, [late]):
        found = admin.get(PATH, tenant_id=owner.account["tenant"]["id"]).json["total"]
    assert (found["first_response"]["met"], found["resolution"]["running"]) == (1, 1)
    assert found["every_promise"] == {"met": 0, "breached": 1, "running": 0, "compliance": 0.0}

"""Figures as the OpenAPI document shows them: what the seven tickets of tests/functions/support/figures.py come to."""

from typing import Any

Part = dict[str, Any]

PERIOD: Part = {
    "first_day": "2026-03-02",
    "last_day": "2026-03-03",
    "time_zone": "Asia/Kolkata",
    "tenant_id": "01939f8e-7a3b-7c21-9d4e-5f6a7b8c9d0e",
}


def durations(tickets: int, mean: float | None = None, median: float | None = None, p90: float | None = None) -> Part:
    return {"tickets": tickets, "mean_minutes": mean, "median_minutes": median, "p90_minutes": p90}


def alike(minutes: float) -> Part:
    """Of one ticket."""
    return durations(1, minutes, minutes, minutes)


def said(asked: int, answered: int, rate: float | None, mean: float | None) -> Part:
    return {"asked": asked, "answered": answered, "response_rate": rate, "mean": mean}


def counts(tickets: int, reopened: int, first: Part, resolution: Part, satisfaction: Part, **more: Any) -> Part:
    figures = {"first_response": first, "resolution": resolution, "satisfaction": satisfaction}
    return {"tickets": tickets, "reopened": reopened, **figures, **more}


def promise(met: int, breached: int, running: int, compliance: float) -> Part:
    return {"met": met, "breached": breached, "running": running, "compliance": compliance}


def promises(tickets: int, escalated: int, first: Part, resolution: Part, every: Part, **more: Any) -> Part:
    figures = {"first_response": first, "resolution": resolution, "every_promise": every}
    return {"tickets": tickets, "escalated": escalated, **figures, **more}


NONE, KEPT, BROKEN, HALF = durations(0), promise(1, 0, 0, 1.0), promise(0, 1, 0, 0.0), promise(1, 1, 0, 0.5)
TWO_THIRDS, LATE_SO_FAR, FINE_SO_FAR = promise(2, 1, 0, 0.6667), promise(0, 1, 1, 0.0), promise(1, 0, 1, 1.0)

SUPPORT: Part = PERIOD | {
    "total": counts(
        5, 1, durations(4, 127.5, 90.0, 246.0), durations(2, 1590.0, 1590.0, 2622.0), said(3, 2, 0.6667, 3.5)
    ),
    "by_status": [
        {"status": "open", "tickets": 1},
        {"status": "waiting_user", "tickets": 1},
        {"status": "resolved", "tickets": 1},
        {"status": "closed", "tickets": 2},
    ],
    "by_priority": [
        counts(1, 0, NONE, NONE, said(0, 0, None, None), priority="urgent"),
        counts(1, 0, alike(30.0), alike(300.0), said(1, 1, 1.0, 5.0), priority="high"),
        counts(2, 1, durations(2, 210.0, 210.0, 282.0), alike(2880.0), said(1, 1, 1.0, 2.0), priority="medium"),
        counts(1, 0, alike(60.0), NONE, said(1, 0, 0.0, None), priority="low"),
    ],
    "by_category": [
        counts(2, 0, alike(30.0), alike(300.0), said(1, 1, 1.0, 5.0), category="billing"),
        counts(2, 0, durations(2, 90.0, 90.0, 114.0), NONE, said(1, 0, 0.0, None), category="general"),
        counts(1, 1, alike(300.0), alike(2880.0), said(1, 1, 1.0, 2.0), category="technical"),
    ],
    "by_day": [
        {"day": "2026-03-02", "opened": 3, "ended": 1},
        {"day": "2026-03-03", "opened": 2, "ended": 2},
    ],
    "backlog": {
        "tickets": 3,
        "unassigned": 1,
        "breached": 1,
        "oldest_at": "2026-03-03T03:30:00Z",
        "age": durations(3, 2540.0, 2400.0, 2928.0),
        "by_priority": [
            {"priority": "urgent", "tickets": 1},
            {"priority": "medium", "tickets": 1},
            {"priority": "low", "tickets": 1},
        ],
    },
}

SLA: Part = PERIOD | {
    "total": promises(5, 1, promise(3, 2, 0, 0.6), promise(2, 2, 1, 0.5), promise(2, 2, 1, 0.5)),
    "by_priority": [
        promises(1, 0, BROKEN, BROKEN, BROKEN, priority="urgent"),
        promises(1, 0, KEPT, KEPT, KEPT, priority="high"),
        promises(2, 1, HALF, LATE_SO_FAR, LATE_SO_FAR, priority="medium"),
        promises(1, 0, KEPT, KEPT, KEPT, priority="low"),
    ],
    "by_category": [
        promises(2, 0, HALF, HALF, HALF, category="billing"),
        promises(2, 0, promise(2, 0, 0, 1.0), FINE_SO_FAR, FINE_SO_FAR, category="general"),
        promises(1, 1, BROKEN, BROKEN, BROKEN, category="technical"),
    ],
    "by_day": [
        promises(3, 1, TWO_THIRDS, TWO_THIRDS, TWO_THIRDS, day="2026-03-02"),
        promises(2, 0, HALF, LATE_SO_FAR, LATE_SO_FAR, day="2026-03-03"),
    ],
}

AGENTS: Part = PERIOD | {
    "agents": [
        counts(
            2,
            1,
            durations(2, 165.0, 165.0, 273.0),
            durations(2, 1590.0, 1590.0, 2622.0),
            said(2, 2, 1.0, 3.5),
            agent_id="01939f8e-7a3b-7c21-9d4e-5f6a7b8c9d11",
            full_name="Asha Patil",
            state="online",
            capacity=20,
            open_tickets=1,
            load=0.05,
            resolution_rate=1.0,
            every_promise=HALF,
        ),
        counts(
            2,
            0,
            durations(2, 90.0, 90.0, 114.0),
            NONE,
            said(1, 0, 0.0, None),
            agent_id="01939f8e-7a3b-7c21-9d4e-5f6a7b8c9d12",
            full_name="Ravi Kumar",
            state=None,
            capacity=None,
            open_tickets=1,
            load=None,
            resolution_rate=0.0,
            every_promise=FINE_SO_FAR,
        ),
    ]
}

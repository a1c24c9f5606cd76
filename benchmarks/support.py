"""The support desk: what a sweep costs among ten thousand tickets and a million, an idle one, a search, and a list.

A thousand tickets are due in each round of sweeps; rounds are interleaved between two databases.
"""

import asyncio
import gc
import importlib
import json
import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks import warm
from benchmarks.report import Report, ratios
from benchmarks.stage import Operation, Stage, set_up
from shared.core import db
from shared.core.call import Call
from shared.domains.support.rules.terms import default_terms
from shared.entry.job import job
from tests.support.database import Database, app_url, port_of, started
from tests.support.lambdas import Context

FEW, MANY, DUE = 10_000, 1_000_000, 1000
ROUNDS, IDLE_CALLS, SEARCHES = 7, 100, 15
TENANT = """
    insert into tenants (id, name, time_zone, currency, created_at)
    values (gen_random_uuid(), 'Tenant', 'Asia/Kolkata', 'INR', now())
"""
TICKETS = """
    insert into support_tickets (
        id, tenant_id, number, user_id, requester_name, subject, description, category, priority, status, tags,
        created_at, updated_at, reopened, terms, first_response_warning_at, first_response_critical_at,
        first_response_due, resolution_warning_at, resolution_critical_at, resolution_due, slow_due, breached, level,
        raised, rated_by_staff, sweep_at)
    select gen_random_uuid(), tenants.ids[1 + n % cardinality(tenants.ids)], 'SUP-2026-' || lpad(n::text, 7, '0'),
        coalesce((select id from users limit 1), gen_random_uuid()), 'Asha Sharma', 'The price of box ' || n,
        'Order ' || n % 997 || ' of batch ' || n % 9973 || ' costs as much as one of three ply.', 'general', 'low',
        'open', '{}', now() - n * interval '1 second', now(), 0, cast(:terms as jsonb),
        later, later, later, later, later, later, later, false, 0, '{}', false, later
    from (select array_agg(id order by id) as ids from tenants) tenants,
        (select n, now() + interval '30 days' + n * interval '1 second' as later
        from generate_series(1, cast(:count as integer)) n) numbers
"""
COME_DUE = """
    update support_tickets set first_response_warning_at = now() - interval '3 minutes',
        first_response_critical_at = now() - interval '2 minutes', first_response_due = now() - interval '1 minute',
        sweep_at = now() - interval '3 minutes', raised = '{}', level = 0, breached = false
    where id = any (cast(:ids as uuid[]))
"""
ADMIN = """
    with admin as (
        insert into admins (id, email, full_name, password_hash, role, granted, created_at)
        values (gen_random_uuid(), 'admin@example.com', 'Nikhil Rao', '', 'super_admin', '{}', now()) returning id
    )
    insert into admin_sessions (id, admin_id, user_agent, client_ip, created_at, expires_at, last_seen_at, break_glass)
    select gen_random_uuid(), id, '', '', now(), now() + interval '1 hour', now(), false from admin
    returning admin_id, id
"""
LIST = Operation("list", "GET", "/api/support/tickets", "functions.support.list_tickets", 200)
STATUS = Operation("status", "GET", "/api/support/sla-status", "functions.support.get_sla_status", 200)
SEARCHED = {"1": str(MANY // 2 + 1), "100": "batch 4242", "1,003": "order 424", "1,000,000": "price"}


class Desk(NamedTuple):
    """So many open tickets, of which some can come due."""

    database: Database
    due: list[str]

    def enter(self) -> None:
        """The functions work on this one from now on."""
        os.environ["DATABASE_URL"] = app_url(self.database.url, port_of(self.database.url))
        db.hang_up()

    def sweep(self) -> float:
        """Milliseconds of a sweep that finds what is due."""
        self.enter()
        handler = importlib.import_module("functions.support.job_sweep_sla").handler
        assert handler({}, Context()) == {"done": 0}
        self.database.run(COME_DUE, ids=self.due)
        gc.collect()
        start = time.perf_counter_ns()
        answer = handler({}, Context())
        took = (time.perf_counter_ns() - start) / 1e6
        assert answer == {"done": DUE}, answer
        return took


def run() -> Report:
    report = Report()
    with tempfile.TemporaryDirectory() as folder, started(Path(folder) / "postgres") as small, set_up() as stage:
        small.run(TENANT)
        few, many = filled(small, FEW), filled(stage.database, MANY)
        sweeps(report, few, many)
        many.enter()
        idle(report)
        seen_by_admin(report, stage)
        listing(report, stage)
    return report


def filled(database: Database, count: int) -> Desk:
    database.run(TICKETS, count=count, terms=json.dumps(default_terms("low")))
    database.run("vacuum analyze support_tickets")
    step = count // DUE
    found = database.run(
        "select id::text from support_tickets where substr(number, 10)::integer % cast(:step as integer) = 0", step=step
    )
    return Desk(database, [str(id) for [id] in found])


def sweeps(report: Report, few: Desk, many: Desk) -> None:
    took: dict[str, list[float]] = {"few": [], "many": []}
    for _ in range(ROUNDS):
        for name, desk in (("few", few), ("many", many)):
            took[name].append(desk.sweep())
    report.measured(f"sweep, {DUE:,} of {FEW:,} due", took["few"], "ms")
    report.measured(f"sweep, {DUE:,} of {MANY:,} due", took["many"], "ms")
    report.ratio("sweep: a hundred times the tickets", ratios(took["many"], took["few"]), 1.3, at_most=True)


def idle(report: Report) -> None:
    """The job against `select 1`: alone, and in a job of its kind. All on one connection, as where the system runs the
    two sides of another one decides more than what is asked."""
    sweep = importlib.import_module("functions.support.job_sweep_sla").handler
    nothing = job("rate(5 minutes)", across_tenants=True)(select_one)
    works = {
        "idle sweep": lambda: sweep({}, Context()),
        "select 1 as a job": lambda: nothing({}, Context()),
        "select 1 alone": bare_select_one,
    }
    took: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            took[name].append(median_of(work, IDLE_CALLS))
    for name, values in took.items():
        report.measured(name, values, "us")
    for name in ("select 1 as a job", "select 1 alone"):
        report.ratio(f"idle sweep: of {name}", ratios(took["idle sweep"], took[name]), 3, at_most=True)


def bare_select_one() -> None:
    connection = db.connected()
    connection.start([], each=True)
    connection.execute("select 1")


def select_one(call: Call) -> int:
    call.connection.execute("select 1")
    return 0


def seen_by_admin(report: Report, stage: Stage) -> None:
    """What a super admin asks of the tickets of everybody: searches, and how all open ones stand."""
    handler = importlib.import_module(LIST.function).handler
    [[admin, session]] = stage.database.run(ADMIN)
    claims = stage.claims | {
        "audience": "admin",
        "role": "super_admin",
        "admin_id": str(admin),
        "session_id": str(session),
    }
    for name, text in SEARCHED.items():
        event = stage._replace(claims=claims).event(LIST)
        event |= {"rawQueryString": urlencode({"q": text}), "queryStringParameters": {"q": text}}
        answer = handler(event, None)
        assert answer["statusCode"] == 200, answer
        found = len(json.loads(answer["body"])["items"])
        assert found == min(20, int(name.split()[0].replace(",", ""))), (name, found)
        report.measured(f"search that finds {name}", milliseconds(handler, event), "ms")
    handler = importlib.import_module(STATUS.function).handler
    event = stage._replace(claims=claims).event(STATUS)
    assert json.loads(handler(event, None)["body"])["counts"]["ok"] >= MANY - DUE
    report.measured(f"states of {MANY:,} open tickets", milliseconds(handler, event), "ms")


def milliseconds(handler: Callable[..., object], event: object) -> list[float]:
    return [median_of(partial(handler, event, None), 1) / 1000 for _ in range(SEARCHES)]


def listing(report: Report, stage: Stage) -> None:
    """With the same page from both."""
    app = importlib.import_module("benchmarks.peer_tickets").app  # with its route
    with asyncio.Runner() as runner:
        warm.use(stage.app_url, stage.database.url)
        ours = importlib.import_module(LIST.function).handler(stage.event(LIST), None)["body"]
        peers = runner.run(warm.ask(app, *stage.request(LIST)))[1]
        assert json.loads(ours) == json.loads(peers), (ours, peers)
        warm.compare(report, "list of tickets", warm.both(stage, LIST, runner), 3.0)


def median_of(work: Callable[[], object], calls: int) -> float:
    """Microseconds."""
    took = []
    for _ in range(calls):
        start = time.perf_counter_ns()
        work()
        took.append((time.perf_counter_ns() - start) / 1000)
    return sorted(took)[len(took) // 2]

"""functions/support/on_sla_changed.py."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from shared.core import db
from shared.core.call import Actor, Call
from shared.domains.support.service import changes, recompute
from tests.functions.support.desk import change, let_pass, open_ticket, say, seen
from tests.functions.support.promises import ALONE, RULES, add_rule, deliver, follow, sweep, told
from tests.functions.support.test_create_sla_rule import minutes
from tests.support.client import Client
from tests.support.database import Database

MINUTE = timedelta(minutes=1)


def test_slice_after_slice(owner: Client, admin: Client, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    database.run("update support_tickets set closed_at = created_at, status = 'closed' where closed_at is null")
    add_rule(admin)
    tickets = [open_ticket(owner, **ALONE) for _ in range(5)]
    follow(database)
    monkeypatch.setattr(recompute, "SLICE", 2)
    assert admin.patch(f"{RULES}/{rule_id(admin)}", {"resolution": 700}).status == 200
    assert follow(database) == 3, "of two, two and one"
    assert {minutes(seen(owner, ticket), "resolution_due") for ticket in tickets} == {700}


def rule_id(admin: Client) -> str:
    return str(admin.get(RULES).json["items"][0]["id"])


def test_a_repeated_event_changes_nothing(owner: Client, admin: Client, database: Database) -> None:
    add_rule(admin)
    ticket = open_ticket(owner, **ALONE)
    follow(database)
    before = database.run("select xmin::text from support_tickets where id = :id", id=ticket["id"])
    assert deliver(str(uuid.uuid4()), {"after": None}) == {"batchItemFailures": []}
    assert database.run("select xmin::text from support_tickets where id = :id", id=ticket["id"]) == before


def test_only_what_is_promised_something_else_is_written(owner: Client, admin: Client, database: Database) -> None:
    add_rule(admin)
    follow(database)
    other, ended, ticket = open_ticket(owner), open_ticket(owner, **ALONE), open_ticket(owner, **ALONE)
    change(admin, ended, status="resolved")
    kept = [seen(owner, each) for each in (other, ended)]
    admin.patch(f"{RULES}/{rule_id(admin)}", {"resolution": 700})
    follow(database)
    assert [seen(owner, each) for each in (other, ended)] == kept
    assert minutes(seen(owner, ticket), "resolution_due") == 700


def test_the_promise_that_was_broken_before_is_told(owner: Client, admin: Client, database: Database) -> None:
    """An hour was promised and has passed; that it is two now makes nobody keep it. Nor the two hours, in the end."""
    add_rule(admin)
    ticket = open_ticket(owner, **ALONE)
    let_pass(database, ticket, 61 * MINUTE)
    admin.patch(f"{RULES}/{rule_id(admin)}", {"first_response": 120})
    follow(database)
    assert [event["cause"] for event in told(database, ticket, "SlaBreached")] == ["first_response"]
    found = seen(owner, ticket)
    assert minutes(found, "first_response_due") == 120
    assert (found["sla"]["state"], found["sla"]["breached"], found["sla"]["level"]) == ("ok", True, 1)
    assert found["first_response_due"] not in [event["due"] for event in told(database, ticket, "SlaBreached")]
    let_pass(database, ticket, 60 * MINUTE)
    sweep(), sweep()
    assert [event["cause"] for event in told(database, ticket, "SlaBreached")] == ["first_response"] * 2
    assert [event["level"] for event in told(database, ticket, "TicketEscalated")] == [1, 2]


def test_a_deadline_that_is_nearer_now_is_swept(owner: Client, admin: Client, database: Database) -> None:
    add_rule(admin)
    ticket = open_ticket(owner, **ALONE)
    let_pass(database, ticket, 31 * MINUTE)
    admin.patch(f"{RULES}/{rule_id(admin)}", {"first_response": 30})
    follow(database)
    sweep()
    assert [event["cause"] for event in told(database, ticket, "SlaBreached")] == ["first_response"]


def test_a_setting_of_pauses_and_of_returning_follows_too(owner: Client, admin: Client, database: Database) -> None:
    add_rule(admin)
    ticket = open_ticket(owner, **ALONE)
    change(admin, ticket, assigned_to=admin.account["admin"]["id"])
    admin.patch(f"{RULES}/{rule_id(admin)}", {"return_after": 30})
    follow(database)
    [[returns]] = database.run("select returns_at - silent_since from support_tickets where id = :id", id=ticket["id"])
    assert returns == 30 * MINUTE
    say(admin, ticket)
    assert seen(owner, ticket)["resolution_due"] is None
    admin.patch(f"{RULES}/{rule_id(admin)}", {"pauses_on_waiting_user": False})
    follow(database)
    assert minutes(seen(owner, ticket), "resolution_due") == 600


def test_what_somebody_is_just_writing_is_waited_for_and_kept(owner: Client, admin: Client, database: Database) -> None:
    add_rule(admin)
    ticket = open_ticket(owner, **ALONE)
    follow(database)
    admin.patch(f"{RULES}/{rule_id(admin)}", {"resolution": 700})
    call = Call(Actor(), datetime.now(UTC), scope=db.Scope(staff=True))
    with ThreadPoolExecutor(1) as consumer:
        with db.transaction(call.scope) as call.connection:
            written = changes.move(call, changes.to_change(call, uuid.UUID(ticket["id"])), "waiting_user")
            changes.save(call, written)
            recomputing = consumer.submit(follow, database)
            while not database.run("select from pg_locks where not granted and locktype = 'transactionid'"):
                assert not recomputing.done()
        recomputing.result()
        consumer.submit(db.hang_up).result()
    found = seen(owner, ticket)
    assert (found["status"], found["resolution_due"], found["sla"]["state"]) == ("waiting_user", None, "paused")
    say(owner, ticket)
    assert minutes(seen(owner, ticket), "resolution_due") == pytest.approx(700, abs=1)

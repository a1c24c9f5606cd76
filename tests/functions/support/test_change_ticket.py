"""PATCH /api/support/tickets/{id}."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from shared.core import db
from shared.core.call import Actor, Call
from shared.domains.support.rules.tickets import Status
from shared.domains.support.service import changes
from tests.functions.support.desk import change, let_pass, open_ticket, path, resolved, say, seen, told
from tests.support.admins import logged_in, new_admin
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database

STATES = ("open", "in_progress", "waiting_user", "resolved", "closed")
ALLOWED = {
    "open": {"in_progress", "waiting_user", "resolved", "closed"},
    "in_progress": {"waiting_user", "resolved", "closed"},
    "waiting_user": {"in_progress", "resolved", "closed"},
    "resolved": {"in_progress", "closed"},
    "closed": set(),
}


def example(admin: Client) -> Request:
    ticket = open_ticket(sign_up(admin.transport))
    return Request("PATCH", path(ticket), {"status": "resolved", "assigned_to": admin.account["admin"]["id"]})


@pytest.mark.parametrize("to", STATES)
@pytest.mark.parametrize("status", STATES)
def test_it_goes_from_state_to_state_as_it_may(owner: Client, admin: Client, status: str, to: str) -> None:
    ticket = open_ticket(owner)
    if status != "open":
        assert change(admin, ticket, status=status).status == 200
    answer = change(admin, ticket, status=to)
    if to in ALLOWED[status] or status == to != "closed":
        assert (answer.status, answer.json["status"]) == (200, to)
    else:
        problem = "ticket-is-closed" if status == "closed" else "ticket-move-refused"
        assert (answer.status, answer.json["type"]) == (409, f"/problems/{problem}")
        assert set(answer.json.get("allowed", [])) == ALLOWED[status]
        assert seen(owner, ticket)["status"] == status


def test_a_user_changes_none(owner: Client) -> None:
    refused = owner.patch(path(open_ticket(owner)), {"priority": "urgent"})
    assert (refused.status, refused.json["type"]) == (403, "/problems/wrong-audience")


def test_priority_category_tags_and_agent(owner: Client, admin: Client, database: Database) -> None:
    ticket, agent = open_ticket(owner), admin.account["admin"]["id"]
    changed = change(admin, ticket, priority="low", category="security", tags=["b", "a", "b"], assigned_to=agent).json
    shown = {name: changed[name] for name in ("priority", "category", "tags", "assigned_to", "status")}
    assert shown == {
        "priority": "low", "category": "security", "tags": ["b", "a"], "assigned_to": agent, "status": "in_progress",
    }  # fmt: skip
    assert change(admin, ticket, assigned_to=None).json["assigned_to"] is None
    assert told(database, ticket) == ["TicketCreated", "TicketAssigned", "TicketReturned"]
    unknown = change(admin, ticket, assigned_to=str(uuid.uuid4()))
    assert (unknown.status, unknown.json["errors"][0]["pointer"]) == (404, "#/assigned_to")


def test_resolving_is_said_and_asks_for_a_rating(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    assert change(admin, ticket, status="resolved", note="The price is right again.").status == 200
    [said] = seen(owner, ticket)["messages"]
    assert (said["sender"], said["message"]) == ("system", "Resolved by Nikhil Rao: The price is right again.")
    assert seen(owner, ticket)["resolution_note"] == "The price is right again."
    assert change(admin, ticket, status="closed").json["status"] == "closed"
    links = database.run(
        "select event->>'link_id' is not null from outbox where event->>'ticket_id' = :id and event ? 'link_id'"
        " order by created_at",
        id=ticket["id"],
    )
    assert links == [[True], [False]], "one mail with a link"
    assert change(admin, open_ticket(owner), note="It is done.").status == 422


def test_what_has_ended_keeps_its_promises(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner, priority="low")
    change(admin, ticket, status="in_progress")
    let_pass(database, ticket, timedelta(hours=5))
    met = resolved(admin, ticket)["sla"]
    assert met["state"] == "met"
    changed = change(admin, ticket, priority="urgent", category="security").json
    assert (changed["priority"], changed["category"], changed["sla"]) == ("urgent", "security", met)
    explained = owner.get(path(ticket, "/sla")).json
    assert (explained["state"], explained["breached"]) == ("met", False)
    again = change(admin, ticket, status="in_progress").json
    assert again["sla"]["state"] == "breached", "of four hours, of an urgent one that goes on, five are over"


def test_it_is_reopened_and_assigned_at_once(owner: Client, admin: Client, database: Database) -> None:
    ticket, agent = open_ticket(owner), admin.account["admin"]["id"]
    resolved(admin, ticket)
    refused = change(admin, ticket, assigned_to=agent)
    assert (refused.status, refused.json["type"]) == (409, "/problems/ticket-has-ended")
    changed = change(admin, ticket, status="in_progress", assigned_to=agent).json
    assert (changed["status"], changed["assigned_to"]) == ("in_progress", agent)


def test_a_form_may_send_what_it_leaves_as_it_is(owner: Client, admin: Client) -> None:
    ticket, agent = open_ticket(owner), admin.account["admin"]["id"]
    changed = change(admin, ticket, status="open", assigned_to=agent, priority="low").json
    assert (changed["status"], changed["assigned_to"]) == ("in_progress", agent), "to be assigned begins the work"
    resolved(admin, ticket)
    noted = change(admin, ticket, status="resolved", assigned_to=agent, note="It was the flute.").json
    assert (noted["status"], noted["resolution_note"]) == ("resolved", "It was the flute.")
    assert change(admin, ticket, status="closed", assigned_to=agent).status == 200


def test_who_has_it_may_have_gone(owner: Client, admin: Client, database: Database) -> None:
    agent = new_admin(database, "support_staff").account["admin"]["id"]
    ticket = change(admin, open_ticket(owner), assigned_to=agent).json
    database.run("update admins set disabled_at = now() where id = :id", id=agent)
    assert change(admin, ticket, assigned_to=agent, tags=["paper"]).json["tags"] == ["paper"]
    assert change(admin, open_ticket(owner), assigned_to=agent).status == 404


def test_a_pause_ends_after_it_began_whoever_waited_for_whom(owner: Client, admin: Client, database: Database) -> None:
    """Who waits for the ticket has read the clock before."""
    ticket = change(admin, open_ticket(owner), status="waiting_user").json
    moves: tuple[Status, ...] = ("in_progress", "resolved", "in_progress")
    for to in moves:
        call = Call(Actor(), datetime.now(UTC) - timedelta(seconds=3), scope=db.Scope(staff=True))
        with db.transaction(call.scope) as call.connection:
            changed = changes.move(call, changes.to_change(call, uuid.UUID(ticket["id"])), to)
            changes.save(call, changed)
        if to == "resolved":
            database.run("update support_tickets set resolved_at = now() where id = :id", id=ticket["id"])
    found = database.run("select cause, ends - starts from support_pauses where ticket_id = :id", id=ticket["id"])
    assert sorted(found) == [["resolved", timedelta()], ["waiting_user", timedelta()]]
    assert [pause["ends"] for pause in changed.pauses] == [pause["starts"] for pause in changed.pauses]


def test_a_refusal_says_where_it_may_go(owner: Client, admin: Client) -> None:
    ticket = open_ticket(owner)
    resolved(admin, ticket)
    refused = change(admin, ticket, status="waiting_user").json
    assert refused["detail"] == (
        "A ticket that is resolved does not become waiting user; from there it goes to in progress, closed."
    )


def test_what_it_takes_is_permitted(owner: Client, database: Database) -> None:
    ticket, helper = open_ticket(owner), new_admin(database, "marketing_staff")
    database.run(
        "update admins set granted = '{resolve_ticket,view_all_tickets}' where id = :id",
        id=helper.account["admin"]["id"],
    )
    helper = logged_in(helper)
    assert change(helper, ticket, priority="low").status == 200
    for field, value, permission in (
        ("status", "closed", "close_ticket"),
        ("assigned_to", helper.account["admin"]["id"], "assign_ticket"),
    ):
        refused = change(helper, ticket, **{field: value})
        assert (refused.status, refused.json["permission"]) == (403, permission)


def test_a_breach_is_told_of_by_who_changes_the_ticket_first(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    let_pass(database, ticket, timedelta(minutes=250))
    assert say(admin, ticket).status == 201
    assert change(admin, ticket, tags=["late"]).status == 200
    assert told(database, ticket) == ["TicketCreated", "MessagePosted", "SlaBreached", "TicketEscalated"]
    sla = change(admin, ticket, status="resolved").json["sla"]
    assert (sla["breached"], sla["level"]) == (True, 1)


def test_where_it_goes_on_its_clocks_do(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    due = change(admin, ticket, status="in_progress").json["resolution_due"]
    resolved(admin, ticket)
    let_pass(database, ticket, timedelta(days=3))
    again = change(admin, ticket, status="in_progress").json
    assert (again["sla"]["state"], again["resolved_at"]) == ("ok", None)
    assert again["resolution_due"] != due
    assert told(database, ticket)[-1] == "TicketReopened"

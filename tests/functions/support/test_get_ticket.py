"""GET /api/support/tickets/{id}."""

from datetime import timedelta

import pytest

from tests.functions.members.people import join, sign_in
from tests.functions.support.desk import (
    change,
    let_pass,
    open_ticket,
    path,
    resolved,
    say,
    seen,
    superior,
    ticket_for,
    upload,
)
from tests.support.admins import new_admin
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database
from tests.support.examples import member

OWN = True


def example(caller: Client) -> Request:
    return Request("GET", path(ticket_for(caller)))


def test_with_its_conversation_oldest_first(owner: Client, admin: Client) -> None:
    ticket = open_ticket(owner)
    file = upload(owner, ticket)
    say(owner, ticket, "See the picture.", attachment_ids=[file])
    say(admin, ticket, "We do.")
    asked, answered = seen(owner, ticket)["messages"]
    assert (asked["sender"], asked["sender_name"], asked["message"]) == ("user", "Asha Sharma", "See the picture.")
    assert [(part["id"], part["filename"]) for part in asked["attachments"]] == [(file, "box.png")]
    assert (answered["sender"], answered["sender_name"], answered["attachments"]) == ("support", "Nikhil Rao", [])


def test_the_requester_has_his_present_name_and_the_last_once_he_has_left(owner: Client, admin: Client) -> None:
    staff = join(owner, "staff")
    his, hers = open_ticket(staff), open_ticket(owner)
    staff.patch("/api/user-profile", {"full_name": "Ravi K. Kumar"})
    assert change(admin, his, priority="high").json["requester"]["full_name"] == "Ravi K. Kumar"
    superior(admin).patch(f"/api/admin/users/{staff.account['user']['id']}", {"full_name": "Ravi Rao"})
    owner.delete(f"/api/tenant/members/{staff.account['user']['id']}")
    assert sign_in(staff).patch("/api/user-profile", {"full_name": "Somebody Else"}).status == 200
    assert seen(owner, his)["requester"] == {"id": staff.account["user"]["id"], "full_name": "Ravi Rao"}
    listed = owner.get("/api/support/tickets").json["items"]
    assert [ticket["requester"]["full_name"] for ticket in listed] == ["Asha Sharma", "Ravi Rao"]
    assert seen(owner, hers)["requester"]["full_name"] == "Asha Sharma"


def test_users_never_see_internal_notes_nor_their_files(owner: Client, admin: Client) -> None:
    ticket = open_ticket(owner)
    say(admin, ticket, "He is right.", is_internal=True, attachment_ids=[upload(admin, ticket)])
    assert seen(owner, ticket)["messages"] == []
    assert owner.get(path(ticket, "/messages")).json["items"] == []
    [note] = seen(admin, ticket)["messages"]
    assert (note["is_internal"], len(note["attachments"])) == (True, 1)


def test_to_others_there_is_no_such_ticket(owner: Client, admin: Client, database: Database) -> None:
    ticket, ravi = open_ticket(owner), member(owner, "staff", database)
    staff, viewer = new_admin(database, "support_staff"), new_admin(database, "support_viewer")
    for stranger in (ravi, sign_up(), viewer):
        answer = stranger.get(path(ticket))
        assert (answer.status, answer.json["type"]) == (404, "/problems/ticket-not-found")
    assert staff.get(path(ticket)).status == 200, "nobody has it"
    change(admin, ticket, assigned_to=admin.account["admin"]["id"])
    assert staff.get(path(ticket)).status == 404
    change(admin, ticket, assigned_to=staff.account["admin"]["id"])
    assert staff.get(path(ticket)).status == 200


@pytest.mark.parametrize(
    ("minutes", "state"), [(179, "ok"), (180, "warning"), (216, "critical"), (240, "breached"), (10_000, "breached")]
)
def test_its_state_is_true_at_any_moment(owner: Client, database: Database, minutes: int, state: str) -> None:
    ticket = open_ticket(owner)
    let_pass(database, ticket, timedelta(minutes=minutes))
    sla = seen(owner, ticket)["sla"]
    assert (sla["state"], sla["breached"]) == (state, state == "breached")


def test_it_stands_still_while_the_requester_is_waited_for(owner: Client, admin: Client, database: Database) -> None:
    ticket = open_ticket(owner)
    say(admin, ticket)
    let_pass(database, ticket, timedelta(days=30))
    waiting = seen(owner, ticket)
    assert (waiting["sla"]["state"], waiting["resolution_due"]) == ("paused", None)
    say(owner, ticket)
    asked = seen(owner, ticket)
    assert asked["sla"] == {"state": "ok", "breached": False, "level": 0}
    assert asked["next_response_due"] is not None
    assert resolved(admin, ticket)["sla"]["state"] == "met"

"""GET /api/tenant/invites."""

from tests.functions.members.people import invite, join
from tests.support.client import Client, Request, new_email
from tests.support.database import Database


def example(owner: Client) -> Request:
    return Request("GET", "/api/tenant/invites")


def test_newest_first_and_only_what_may_be_accepted(owner: Client, database: Database) -> None:
    emails = [new_email() for _ in range(3)]
    for email in emails:
        invite(owner, email)
    join(owner)
    database.run("update invites set expires_at = created_at where email = :email", email=emails[0])
    found = owner.send(example(owner)).json["items"]
    assert [invite["email"] for invite in found] == [emails[2], emails[1]]


def test_a_cursor_goes_on_where_the_page_ended(owner: Client) -> None:
    emails = [new_email() for _ in range(3)]
    for email in emails:
        invite(owner, email)
    first = owner.get("/api/tenant/invites", limit=2).json
    second = owner.get("/api/tenant/invites", limit=2, cursor=first["next_cursor"]).json
    assert [invite["email"] for invite in first["items"] + second["items"]] == emails[::-1]

"""GET /api/admin/trial-invites."""

from tests.functions.onboarding.trials import PATH, invite
from tests.support.client import Client, Request, new_email
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("GET", PATH)


def test_it_pages_from_the_newest(admin: Client) -> None:
    emails = [new_email() for _ in range(3)]
    for email in emails:
        invite(admin, email)
    first = admin.get(PATH, limit=2).json
    rest = admin.get(PATH, limit=1, cursor=first["next_cursor"]).json
    assert [item["email"] for item in first["items"] + rest["items"]] == emails[::-1]


def test_one_whose_time_is_over_says_so(admin: Client, database: Database) -> None:
    email = new_email()
    invite(admin, email)
    assert admin.get(PATH, limit=1).json["items"][0]["status"] == "pending"
    database.run("update trial_invites set expires_at = created_at where email = :email", email=email)
    assert admin.get(PATH, limit=1).json["items"][0]["status"] == "expired"

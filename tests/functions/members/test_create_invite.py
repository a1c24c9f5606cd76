"""POST /api/tenant/invites."""

import json
from datetime import timedelta

import pytest

from tests.functions.members.people import accept, invite, join, verified
from tests.support import clocks
from tests.support.client import Client, Request, new_email, sign_up
from tests.support.database import Database


def example(owner: Client) -> Request:
    return Request("POST", "/api/tenant/invites", {"email": new_email(), "role": "viewer"})


def test_the_mail_is_asked_for_in_the_same_transaction_and_its_token_is_stored_nowhere(
    owner: Client, database: Database
) -> None:
    email = new_email()
    token = invite(owner, email)
    [[event]] = database.run("select event from outbox where event->>'to' = :email", email=email)
    assert isinstance(event, dict)
    assert (event["template"], event["values"]["company_name"]) == ("MEMBER_INVITED", "Sharma Packaging")
    [[kept]] = database.run("select row_to_json(invites)::text from invites where email = :email", email=email)
    assert token not in str(kept) + json.dumps(event)


def test_the_newest_invite_to_an_address_replaces_the_others(owner: Client, database: Database) -> None:
    newcomer = verified(sign_up())
    email = newcomer.account["user"]["email"]
    old = invite(owner, email, "viewer")
    database.run("update invites set created_at = created_at - interval '61 seconds' where email = :email", email=email)
    new = invite(owner, email, "admin")
    assert len(owner.get("/api/tenant/invites").json["items"]) == 1
    assert newcomer.post("/api/auth/accept-invite", {"token": old}).status == 410
    assert accept(newcomer, new).account["user"]["role"] == "admin"


def test_at_most_once_a_minute_and_told_how_long_to_wait(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sent, email = clocks.stop(monkeypatch), new_email()
    invite(owner, email)
    for passed, rest in ((0, 60), (30, 30), (59.5, 1)):
        clocks.stop(monkeypatch, sent + timedelta(seconds=passed))
        answer = owner.post("/api/tenant/invites", {"email": email, "role": "admin"})
        assert (answer.status, answer.json["type"]) == (429, "/problems/invite-sent-recently")
        assert (answer.json["retry_after"], answer.headers["retry-after"]) == (rest, str(rest))
    clocks.stop(monkeypatch, sent + timedelta(seconds=60))
    invite(owner, email)


def test_two_tenants_may_invite_one_address(owner: Client) -> None:
    newcomer = verified(sign_up())
    email = newcomer.account["user"]["email"]
    first = invite(owner, email)
    invite(sign_up(), email)
    assert accept(newcomer, first).account["tenant"]["id"] == owner.account["tenant"]["id"]


def test_a_member_is_not_invited(owner: Client) -> None:
    member = join(owner)
    answer = owner.post("/api/tenant/invites", {"email": member.account["user"]["email"], "role": "admin"})
    assert (answer.status, answer.json["type"]) == (409, "/problems/already-member")


def test_the_answer_does_not_tell_whether_the_address_has_an_account(owner: Client) -> None:
    stranger = sign_up()
    for email in (stranger.account["user"]["email"], new_email()):
        answer = owner.post("/api/tenant/invites", {"email": email, "role": "staff"})
        assert answer.status == 201
        assert answer.json.keys() == {"id", "email", "role", "created_at", "expires_at"}


def test_only_an_owner_invites_owners(owner: Client) -> None:
    admin = join(owner, "admin")
    refused = admin.post("/api/tenant/invites", {"email": new_email(), "role": "owner"})
    assert (refused.status, refused.json["type"]) == (403, "/problems/owners-only")
    assert admin.post("/api/tenant/invites", {"email": new_email(), "role": "admin"}).status == 201
    assert owner.post("/api/tenant/invites", {"email": new_email(), "role": "owner"}).status == 201


def test_invites_whose_time_is_over_are_forgotten_with_the_next(owner: Client, database: Database) -> None:
    invite(owner, new_email())
    database.run("update invites set expires_at = created_at where tenant_id = :id", id=owner.account["tenant"]["id"])
    email = new_email()
    invite(owner, email)
    kept = database.run("select email from invites where tenant_id = :id", id=owner.account["tenant"]["id"])
    assert kept == [[email]]

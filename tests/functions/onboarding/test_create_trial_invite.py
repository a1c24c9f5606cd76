"""POST /api/admin/trial-invites; how one is used is in test_sign_up."""

import json
from datetime import datetime, timedelta

import pytest

from tests.functions.onboarding.trials import PATH, invite, sign_up_by
from tests.support.client import Client, Request, new_email
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("POST", PATH, {"email": new_email(), "company_name": "Pune Foods"})


def test_it_lives_as_long_as_the_trial(admin: Client) -> None:
    made = admin.send(example(admin)).json
    assert (made["status"], made["trial_days"], made["company_name"]) == ("pending", 14, "Pune Foods")
    lives = datetime.fromisoformat(made["expires_at"]) - datetime.fromisoformat(made["created_at"])
    assert lives == timedelta(days=14)
    assert admin.post(PATH, {"email": new_email(), "trial_days": 30}).json["trial_days"] == 30


def test_its_token_is_in_the_mail_alone(admin: Client, database: Database) -> None:
    email = new_email()
    token = invite(admin, email)
    [[kept]] = database.run("select row_to_json(trial_invites)::text from trial_invites where email = :e", e=email)
    [[event]] = database.run("select event from outbox where event->>'to' = :email", email=email)
    assert token not in str(kept) + json.dumps(event)


def test_a_newer_one_replaces_it(admin: Client) -> None:
    email = new_email()
    old, new = invite(admin, email), invite(admin, email, trial_days=7)
    assert [item["trial_days"] for item in admin.get(PATH).json["items"] if item["email"] == email] == [7]
    assert [sign_up_by(token, email).status for token in (old, new)] == [410, 201]


def test_who_has_an_account_is_not_invited(admin: Client, owner: Client) -> None:
    answer = admin.post(PATH, {"email": owner.account["user"]["email"]})
    assert (answer.status, answer.json["type"]) == (409, "/problems/address-has-account")


@pytest.mark.parametrize("days", [0, 366, "many", True])
def test_a_trial_has_a_length(admin: Client, days: object) -> None:
    answer = admin.post(PATH, {"email": new_email(), "trial_days": days})
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "#/trial_days")

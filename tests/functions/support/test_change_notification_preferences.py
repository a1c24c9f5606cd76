"""PUT /api/notification-preferences."""

from typing import Any

import pytest

from tests.functions.support.wishes import PREFERENCES, choose, wishes
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database
from tests.support.examples import member


def example(owner: Client) -> Request:
    return Request("PUT", PREFERENCES, {"ticket_reply": {"email": False}})


def test_what_is_left_out_stays_as_it_is(owner: Client) -> None:
    answer = choose(owner, {"ticket_reply": {"email": False}, "ticket_created": {"email": False}})
    assert (answer.status, answer.json["ticket_reply"]) == (200, {"email": False})
    assert choose(owner, {"ticket_reply": {"email": True}}).json["ticket_reply"] == {"email": True}
    assert wishes(owner) == {"ticket_created": False, "ticket_reply": True, "ticket_resolved": True}
    assert choose(owner, {}).json["ticket_created"] == {"email": False}


def test_what_was_got_can_be_sent_back(owner: Client) -> None:
    choose(owner, {"ticket_resolved": {"email": False}})
    before = owner.get(PREFERENCES).json
    assert choose(owner, before).json == before


@pytest.mark.parametrize(
    "chosen",
    [{"password_reset": {"email": False}}, {"ticket_reply": False}, {"ticket_reply": {"email": "no"}},
     {"ticket_reply": {"email": False, "sms": True}}],
)  # fmt: skip
def test_only_mails_that_one_can_do_without_are_chosen(owner: Client, chosen: dict[str, Any]) -> None:
    assert choose(owner, chosen).status == 422
    assert all(wishes(owner).values())


def test_a_viewer_chooses_for_himself(owner: Client, database: Database) -> None:
    viewer = member(owner, "viewer", database)
    assert choose(viewer, {"ticket_reply": {"email": False}}).status == 200
    assert wishes(owner)["ticket_reply"]


def test_a_user_takes_his_choices_along(owner: Client, database: Database) -> None:
    joining, tenant = sign_up(), owner.account["tenant"]["id"]
    choose(joining, {"ticket_reply": {"email": False}})
    user = joining.account["user"]["id"]
    database.run("update tenant_users set tenant_id = :tenant where user_id = :user", tenant=tenant, user=user)
    found = database.run("select tenant_id::text, email from notification_preferences where user_id = :id", id=user)
    assert found == [[tenant, False]]

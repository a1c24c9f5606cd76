"""GET /api/notification-preferences."""

from tests.functions.support.wishes import PREFERENCES, choose, wishes
from tests.support.client import Client, Request, sign_up


def example(owner: Client) -> Request:
    return Request("GET", PREFERENCES)


def test_who_has_chosen_nothing_gets_every_mail(owner: Client) -> None:
    assert wishes(owner) == {"ticket_created": True, "ticket_reply": True, "ticket_resolved": True}


def test_they_are_the_callers_own(owner: Client) -> None:
    other = sign_up()
    choose(other, {"ticket_reply": {"email": False}})
    assert all(wishes(owner).values())

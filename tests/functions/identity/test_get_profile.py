"""GET /api/user-profile."""

from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    return Request("GET", "/api/user-profile")


def test_a_new_profile_has_a_name_and_a_language(owner: Client) -> None:
    profile = owner.send(example(owner)).json
    assert (profile["full_name"], profile["phone"], profile["locale"]) == ("Asha Sharma", None, "en-IN")

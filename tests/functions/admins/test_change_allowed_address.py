"""PATCH /api/admin/ip-whitelist/{entry_id}."""

from uuid import uuid4

from tests.functions.admins.colleagues import ALLOWED, listed, problem
from tests.support.client import Client, Request


def example(admin: Client) -> Request:
    return Request("PATCH", f"{ALLOWED}/{listed(admin)['id']}", {"label": "old office", "enabled": False})


def test_only_what_is_given_changes(admin: Client) -> None:
    made = listed(admin, label="office")
    for changes in ({}, {"label": ""}, {"enabled": False}, {"cidr": "198.51.100.0/24"}):
        answer = admin.patch(f"{ALLOWED}/{made['id']}", changes)
        made |= changes
        assert (answer.status, answer.json) == (200, made)


def test_it_is_normalised_and_listed_once_as_a_new_one(admin: Client) -> None:
    made = listed(admin)
    other = {"cidr": "::ffff:198.51.100.7", "admin_id": made["admin_id"]}
    assert admin.post(ALLOWED, other).json["cidr"] == "198.51.100.7/32"
    answer = admin.patch(f"{ALLOWED}/{made['id']}", {"cidr": "198.51.100.7/32"})
    assert problem(answer) == (409, "address-listed")


def test_an_unknown_entry_is_not_found(admin: Client) -> None:
    answer = admin.patch(f"{ALLOWED}/{uuid4()}", {"label": "office"})
    assert problem(answer) == (404, "allowed-address-not-found")

"""POST /api/admin/ip-whitelist."""

from uuid import uuid4

import pytest

from tests.functions.admins.colleagues import ALLOWED, colleague, problem
from tests.support.client import Client, Request

OFFICE = "203.0.113.0/24"


def example(admin: Client) -> Request:
    return Request("POST", ALLOWED, {"cidr": OFFICE, "label": "office", "admin_id": colleague(admin)["id"]})


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("203.0.113.7", "203.0.113.7/32"),
        ("203.0.113.0/24", "203.0.113.0/24"),
        ("2001:DB8:0::/32", "2001:db8::/32"),
        ("2001:db8::1", "2001:db8::1/128"),
        ("::ffff:203.0.113.7", "203.0.113.7/32"),
        ("::ffff:cb00:7100/120", "203.0.113.0/24"),
        ("0.0.0.0/0", "0.0.0.0/0"),
        ("::/0", "::/0"),
    ],
)
def test_a_network_is_kept_in_one_form_ipv4_even_where_ipv6_carries_it(given: str, kept: str, admin: Client) -> None:
    answer = admin.post(ALLOWED, {"cidr": given, "admin_id": colleague(admin)["id"]})
    assert (answer.status, answer.json["cidr"]) == (201, kept)


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        ("203.0.113.7/24", "give 203.0.113.0/24, or 203.0.113.7 alone"),
        ("2001:db8::1/32", "give 2001:db8::/32, or 2001:db8::1 alone"),
        ("::ffff:203.0.113.7/120", "alone"),
        ("203.0.113.0/33", "like 203.0.113.0/24"),
        ("203.0.113.0/255.255.255.0", "like 203.0.113.0/24"),
        ("203.000.113.007", "like 203.0.113.0/24"),
        ("203.0.113", "like 203.0.113.0/24"),
        ("3405803776", "like 203.0.113.0/24"),
        ("fe80::1%eth0", "like 203.0.113.0/24"),
        ("office.example.com", "like 203.0.113.0/24"),
        ("", "like 203.0.113.0/24"),
    ],
)
def test_what_is_no_network_is_refused_with_advice(given: str, advice: str, admin: Client) -> None:
    answer = admin.post(ALLOWED, {"cidr": given})
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "#/cidr")
    assert advice in answer.json["errors"][0]["detail"]


def test_a_network_is_listed_once_for_an_admin(admin: Client) -> None:
    request = example(admin)
    assert admin.send(request).status == 201
    assert problem(admin.send(request)) == (409, "address-listed")


def test_an_unknown_admin_is_not_found(admin: Client) -> None:
    assert problem(admin.post(ALLOWED, {"cidr": OFFICE, "admin_id": str(uuid4())})) == (404, "admin-not-found")

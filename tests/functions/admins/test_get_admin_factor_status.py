"""GET /api/admin/2fa/status."""

from typing import Any

from tests.support import factors
from tests.support.client import Client, Request

NONE: dict[str, Any] = {
    "enabled": False,
    "enabled_at": None,
    "methods": [],
    "weak": False,
    "backup_codes_left": 0,
    "blocked": False,
}


def example(admin: Client) -> Request:
    return Request("GET", "/api/admin/2fa/status")


def test_without_a_factor_and_while_it_is_set_up(admin: Client) -> None:
    assert admin.send(example(admin)).json == NONE
    factors.set_up_of_admin(admin)
    assert admin.send(example(admin)).json == NONE


def test_with_a_factor(admin: Client) -> None:
    factors.enable_of_admin(admin)
    found = admin.send(example(admin)).json
    assert found["enabled_at"]
    assert (found["enabled"], found["methods"], found["weak"]) == (True, ["totp", "backup_code"], False)
    assert (found["backup_codes_left"], found["blocked"]) == (10, False)


def test_it_is_of_the_caller_alone(admin: Client, owner: Client) -> None:
    factors.enable(owner)
    assert admin.send(example(admin)).json == NONE

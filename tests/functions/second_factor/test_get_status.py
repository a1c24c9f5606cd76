"""GET /api/v1/2fa/status."""

from tests.support import factors
from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    return Request("GET", "/api/v1/2fa/status")


def test_without_a_factor_and_while_it_is_set_up(owner: Client) -> None:
    none = {
        "enabled": False,
        "enabled_at": None,
        "methods": [],
        "weak": False,
        "backup_codes_left": 0,
        "blocked": False,
    }
    assert owner.send(example(owner)).json == none
    factors.set_up(owner)
    assert owner.send(example(owner)).json == none


def test_with_a_factor_it_counts_the_backup_codes(owner: Client) -> None:
    app = factors.enable(owner)
    factors.verify(owner, factors.challenge(owner), app.backup_codes[0])
    found = owner.send(example(owner)).json
    assert found["enabled_at"]
    assert found | {"enabled_at": None} == {
        "enabled": True,
        "enabled_at": None,
        "methods": ["totp", "backup_code"],
        "weak": False,
        "backup_codes_left": 9,
        "blocked": False,
    }


def test_codes_that_are_sent_are_weak(owner: Client) -> None:
    factors.enable_sent(owner)
    found = owner.send(example(owner)).json
    assert (found["methods"], found["weak"]) == (["email", "backup_code"], True)

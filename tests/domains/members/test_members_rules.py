"""What a key looks like, and what it may be given."""

import re
from datetime import UTC, datetime

import pytest

from shared.core.call import OF_KEYS, SCOPES, Actor, Call
from shared.domains.members import rules
from shared.domains.members.errors import ScopeNotYours
from shared.domains.members.schemas import KeyIn
from shared.domains.members.service import keys


def test_a_key_has_a_prefix_that_leak_scanners_find_and_a_part_that_may_be_shown() -> None:
    key = rules.key_text("n" * 43, "s" * 43)
    assert re.fullmatch(r"bcp_n{8}_s{43}", key)
    assert rules.is_key(key)
    assert rules.shown_part(key) == "bcp_nnnnnnnn"


@pytest.mark.parametrize(
    "text", ["", "bcp_", "bcp_" + "a" * 51, "bcp_" + "a" * 53, "BCP_" + "a" * 52, "bcp_" + "ä" * 52]
)
def test_what_has_another_shape_is_no_key(text: str) -> None:
    assert not rules.is_key(text)


@pytest.mark.parametrize("role", SCOPES)
def test_what_a_role_has_lost_and_what_it_keeps_is_all_of_a_key(role: str) -> None:
    lost = set(rules.lost_scopes(role))
    assert not lost & SCOPES[role]
    assert lost | (SCOPES[role] & OF_KEYS) == OF_KEYS


def test_nobody_gives_a_key_more_than_he_may_do_himself() -> None:
    call = Call(Actor(role="viewer"), datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(ScopeNotYours, match="quotes:write"):
        keys.create_key(call, KeyIn(name="shop", scopes=["quotes:read", "quotes:write"]))

"""Who of the staff is told of a ticket."""

from typing import NamedTuple

import pytest

from shared.domains.support.rules.escalation import Cause, Role
from shared.domains.support.rules.recipients import desk, responsible, superiors


class Person(NamedTuple):
    part: str


def parts(people: list[Person]) -> list[str]:
    return [person.part for person in people]


def people(*found: str) -> list[Person]:
    return [Person(part) for part in found]


EVERYBODY = people("requester", "assignee", "desk", "super_admin")


def test_super_admins_look_after_the_queue_where_nobody_else_does() -> None:
    assert parts(desk(EVERYBODY)) == ["assignee", "desk"]
    assert parts(desk(people("requester", "super_admin"))) == ["super_admin"]


def test_who_has_the_ticket_is_responsible_and_else_the_desk() -> None:
    assert parts(responsible(EVERYBODY)) == ["assignee"]
    assert parts(responsible(people("desk", "super_admin"))) == ["desk"]
    assert parts(responsible(people("super_admin"))) == ["super_admin"]


@pytest.mark.parametrize(
    ("to", "cause", "there", "told"),
    [
        ("support_staff", "resolution", EVERYBODY, ["desk"]),
        ("support_staff", "resolution", people("super_admin"), ["super_admin"]),
        ("super_admin", "resolution", EVERYBODY, ["super_admin"]),
        ("support_staff", "slow", EVERYBODY, ["desk", "assignee"]),
        ("super_admin", "slow", people("super_admin"), ["super_admin"]),
    ],
)
def test_an_escalation_is_told_to_its_level(to: Role, cause: Cause, there: list[Person], told: list[str]) -> None:
    assert parts(superiors(there, to, cause)) == told

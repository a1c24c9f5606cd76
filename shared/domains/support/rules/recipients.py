"""Who of the platform's staff is told of a ticket."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from shared.domains.support.rules.escalation import BREACHES, Cause, Role


class Colleague(Protocol):
    @property
    def part(self) -> str: ...  # assignee, desk or super_admin; of others, nobody's here


P = TypeVar("P", bound=Colleague)


def desk(people: Sequence[P]) -> list[P]:
    """Who looks after the queue: whoever has the ticket, and who works on tickets; super admins where nobody does."""
    return _of(people, "assignee", "desk") or _of(people, "super_admin")


def responsible(people: Sequence[P]) -> list[P]:
    """Who has the ticket; of what nobody has, the desk."""
    return _of(people, "assignee") or desk(people)


def superiors(people: Sequence[P], to: Role, cause: Cause) -> list[P]:
    """Whom a ticket is escalated to. Who has it hears of a broken promise by another mail, of this one alone that it
    takes long."""
    told = _of(people, "super_admin") if to == "super_admin" else _of(people, "desk") or _of(people, "super_admin")
    return told if cause in BREACHES else told + _of(people, "assignee")


def _of(people: Sequence[P], *parts: str) -> list[P]:
    return [person for person in people if person.part in parts]

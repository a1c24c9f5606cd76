"""What a ticket was promised, how it stands, and who hears of it when a promise is broken."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from shared.domains.support.rules.deadlines import State
from shared.domains.support.rules.tickets import Priority

Action = Literal["none", "warn", "escalate", "urgent_escalate"]
Role = Literal["support_staff", "super_admin"]
Cause = Literal["first_response", "next_response", "slow", "resolution"]  # slow: `escalate_after` has passed

BY_URGENCY: tuple[State, ...] = ("met", "paused", "ok", "warning", "critical", "breached")
BREACHES: tuple[Cause, ...] = ("first_response", "next_response", "resolution")


class Targets(NamedTuple):
    """Minutes of business time. `escalate_after` runs as resolution does, and is shorter."""

    first_response: int
    resolution: int
    escalate_after: int


class Escalation(NamedTuple):
    """A level that a ticket reaches once: from 1, for one cause, at the moment the cause came about."""

    level: int
    cause: Cause
    at: datetime
    to: Role
    action: Action


TARGETS: dict[Priority, Targets] = {  # where a tenant has no rule of its own
    "low": Targets(480, 2880, 2400),
    "medium": Targets(240, 1440, 1200),
    "high": Targets(60, 720, 600),
    "urgent": Targets(15, 240, 180),
}


def ticket_state(running: Sequence[State], ended: Sequence[State] = ()) -> State:
    """The most urgent of the clocks that run; once none does, whether all of them were met."""
    return max(running or ended or ["ok"], key=BY_URGENCY.index)


def action(state: State, level: int) -> Action:
    """What a state asks for, of a ticket that has been escalated to a level (0: not yet)."""
    if state == "breached":
        return "urgent_escalate" if level >= 2 else "escalate"
    return "warn" if state in ("warning", "critical") else "none"


def escalated_to(level: int) -> Role:
    return "support_staff" if level == 1 else "super_admin"


def escalations(
    due: Mapping[Cause, datetime | None], now: datetime, *, level: int = 0, raised: Collection[Cause] = ()
) -> list[Escalation]:
    """What is to be raised by now, oldest first: each cause goes up one level, and is in `raised` from then on.

    `due` has the moment of each cause that stands (None: paused before it). However often and late it is looked at, the
    levels are the same.
    """
    come = sorted((at, cause) for cause, at in due.items() if at is not None and at <= now and cause not in raised)
    return [
        Escalation(n, cause, at, escalated_to(n), action("breached", n - 1))
        for n, (at, cause) in enumerate(come, level + 1)
    ]

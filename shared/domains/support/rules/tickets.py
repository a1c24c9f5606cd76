"""Tickets: which states follow which, what a message changes, the priority of what has none, and numbers."""

import re
from typing import Literal

Status = Literal["open", "in_progress", "waiting_user", "resolved", "closed"]
Priority = Literal["low", "medium", "high", "urgent"]
Category = Literal[
    "general", "billing", "technical", "feature_request", "bug_report", "account",
    "billing_payment", "subscription_plan", "technical_bug", "account_access", "data_export", "integration_api",
    "performance", "security", "onboarding",
]  # fmt: skip
Sender = Literal["user", "support", "system"]

MOVES: dict[Status, tuple[Status, ...]] = {
    "open": ("in_progress", "waiting_user", "resolved", "closed"),
    "in_progress": ("waiting_user", "resolved", "closed"),
    "waiting_user": ("in_progress", "resolved", "closed"),
    "resolved": ("in_progress", "closed"),
    "closed": (),
}
ENDED: tuple[Status, ...] = ("resolved", "closed")
SHORTEST_CLOSING_NOTE = 10  # characters, of staff; a user's note has five at least

# The words that older desks looked for, from the start of a word: "errors" is one of them, "unimportant" is not.
# "down" is one word only, as nothing is broken for who asks about a download.
URGENT = re.compile(r"\b(?:urgent|emergency|critical|down\b|not working|broken|immediately|asap)")
HIGH = re.compile(r"\b(?:important|high priority|serious|blocking|cannot|error|failed)")


def may_move(status: Status, to: Status) -> bool:
    """Whether a ticket may go from one state to the other. To stay is not a move."""
    return to in MOVES[status]


def may_reply(status: Status) -> bool:
    """A closed ticket takes no message: a new one is opened instead."""
    return status != "closed"


def status_after_message(status: Status, sender: Sender, *, is_internal: bool) -> Status:
    """Who has answered waits for the other; a user's message re-opens what was resolved, support's does not."""
    if is_internal or sender == "system":
        return status
    answered: Status = "in_progress" if sender == "user" else "waiting_user"
    return answered if may_move(status, answered) else status


def automatic_priority(subject: str, description: str, category: Category) -> Priority:
    """Of a ticket that was given none: the first that fits of urgent words, words of high, its category, medium."""
    text = "\n".join(" ".join(part.lower().split()) for part in (subject, description))
    if URGENT.search(text):
        return "urgent"
    if HIGH.search(text) or category in ("billing", "billing_payment"):
        return "high"
    return "low" if category == "feature_request" else "medium"


def ticket_number(year: int, count: int) -> str:
    """`SUP-YYYY-NNNNNN`; the millionth of a tenant has seven digits."""
    return f"SUP-{year}-{count:06d}"

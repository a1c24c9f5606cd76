"""States of tickets, messages, priorities and numbers."""

from itertools import product
from typing import get_args

import pytest

from shared.domains.support.rules.tickets import (
    MOVES,
    Category,
    Priority,
    Sender,
    Status,
    automatic_priority,
    may_move,
    may_reply,
    status_after_message,
    ticket_number,
)

STATES: tuple[Status, ...] = get_args(Status)
SENDERS: tuple[Sender, ...] = get_args(Sender)


def test_a_ticket_moves_as_the_table_says_and_no_other_way() -> None:
    assert {(one, to) for one, to in product(STATES, STATES) if may_move(one, to)} == {
        *product(["open"], ["in_progress", "waiting_user", "resolved", "closed"]),
        *product(["in_progress"], ["waiting_user", "resolved", "closed"]),
        *product(["waiting_user"], ["in_progress", "resolved", "closed"]),
        *product(["resolved"], ["in_progress", "closed"]),
    }
    assert set(MOVES) == set(STATES)


@pytest.mark.parametrize(
    ("status", "by_user", "by_support"),
    [
        ("open", "in_progress", "waiting_user"),
        ("in_progress", "in_progress", "waiting_user"),
        ("waiting_user", "in_progress", "waiting_user"),
        ("resolved", "in_progress", "resolved"),
        ("closed", "closed", "closed"),
    ],
)
def test_who_answers_waits_for_the_other(status: Status, by_user: Status, by_support: Status) -> None:
    assert status_after_message(status, "user", is_internal=False) == by_user
    assert status_after_message(status, "support", is_internal=False) == by_support


def test_notes_and_the_systems_own_words_change_nothing() -> None:
    for status, sender in product(STATES, SENDERS):
        assert status_after_message(status, sender, is_internal=True) == status
        assert status_after_message(status, "system", is_internal=False) == status


def test_a_message_leads_nowhere_that_a_ticket_may_not_go() -> None:
    for status, sender in product(STATES, SENDERS):
        to = status_after_message(status, sender, is_internal=False)
        assert to == status or may_move(status, to)


def test_only_a_closed_ticket_takes_no_message() -> None:
    assert [status for status in STATES if not may_reply(status)] == ["closed"]


@pytest.mark.parametrize(
    ("subject", "category", "priority"),
    [
        ("URGENT: prices", "general", "urgent"),
        ("It is Not Working", "feature_request", "urgent"),
        ("The site is down", "general", "urgent"),
        ("Not\n  working since noon", "general", "urgent"),
        ("Please answer ASAP, an error", "general", "urgent"),  # urgent words come first
        ("Where is the download?", "general", "medium"),
        ("Errors in a quote", "general", "high"),
        ("I cannot sign in", "feature_request", "high"),
        ("An unimportant question", "general", "medium"),
        ("My invoice", "billing", "high"),
        ("My invoice", "billing_payment", "high"),
        ("Dark colours", "feature_request", "low"),
        ("A question", "subscription_plan", "medium"),
    ],
)
def test_a_priority_is_found(subject: str, category: Category, priority: Priority) -> None:
    assert automatic_priority(subject, "", category) == priority
    assert automatic_priority("", subject, category) == priority


def test_words_of_the_subject_and_the_description_do_not_run_together() -> None:
    assert automatic_priority("It is not", "working hours", "general") == "medium"


def test_numbers_have_six_digits_or_more() -> None:
    assert ticket_number(2026, 123) == "SUP-2026-000123"
    assert ticket_number(2026, 1_000_000) == "SUP-2026-1000000"

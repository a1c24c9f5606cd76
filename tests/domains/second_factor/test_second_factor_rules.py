"""shared/domains/second_factor/rules.py: RFC 4226, RFC 6238, and how codes are written."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from shared.domains.second_factor import rules
from tests.support import cases

SECRET = base64.b32encode(b"12345678901234567890").decode()
NOON = datetime(2026, 1, 1, 12, 0, 0, tzinfo=UTC)


def test_codes_are_those_of_the_rfcs() -> None:
    """The sets have other hashes too; ours is SHA-1 alone. The last six of eight digits are the code of six."""
    known = cases.load("conformance/rfc4226_6238_otp.json")
    by_time = [case for case in known["totp"] + known["totp_six_digits_leading_zero"] if case["algorithm"] == "SHA1"]
    assert len(known["hotp"]) == 10 and len(by_time) == 9
    assert any(case["expected"][-6:].startswith("00") for case in by_time)
    for case in known["hotp"]:
        secret = base64.b32encode(case["secret_ascii"].encode()).decode()
        assert rules.code_at(secret, case["counter"]) == case["expected"]
    for case in by_time:
        secret, now = (
            base64.b32encode(case["secret_ascii"].encode()).decode(),
            datetime.fromtimestamp(case["time"], UTC),
        )
        assert rules.matching_step(secret, case["expected"][-6:], now) == case["time"] // case["period"]
    cases.ran("one-time passwords", len(known["hotp"]) + len(by_time))


@pytest.mark.parametrize(("seconds", "accepted"), [(-31, False), (-30, True), (0, True), (59, True), (60, False)])
def test_the_window_is_one_step_either_way(seconds: int, accepted: bool) -> None:
    """The code of a step, shown so many seconds after the step began."""
    step = int(NOON.timestamp()) // rules.PERIOD
    found = rules.matching_step(SECRET, rules.code_at(SECRET, step), NOON + timedelta(seconds=seconds))
    assert found == (step if accepted else None)


def test_zeros_in_front_count() -> None:
    now = datetime.fromtimestamp(1234567890, UTC)
    assert rules.matching_step(SECRET, "005924", now)
    assert rules.matching_step(SECRET, "5924", now) is None


def test_a_backup_code_may_be_typed_with_what_looks_alike() -> None:
    assert rules.plain(" o1l-i ") == "0111"
    assert rules.plain(rules.grouped("0123456789AB")) == "0123456789AB"
    assert rules.grouped("0123456789AB") == "0123-4567-89AB"


def test_a_backup_code_has_at_least_fifty_bits() -> None:
    assert len(set(rules.ALPHABET)) == 32
    assert rules.BACKUP_LENGTH * 5 >= 50
    assert not set("ILO") & set(rules.ALPHABET)


def test_what_an_app_scans_survives_blanks_and_colons() -> None:
    url = rules.otpauth_url("JBSWY3DP", "asha+1@example.com", "Box: Cost & Pro")
    assert url.startswith(
        "otpauth://totp/Box%3A%20Cost%20%26%20Pro:asha%2B1@example.com?secret=JBSWY3DP&issuer=Box%3A%20"
    )


def test_failures_of_a_day_start_anew_with_the_next_and_those_in_a_row_do_not() -> None:
    failures = rules.Failures(7, 7, NOON.date())
    assert failures.on(NOON.date()).one_more() == (8, 8, NOON.date())
    tomorrow = (NOON + timedelta(days=1)).date()
    assert failures.on(tomorrow).one_more() == (8, 1, tomorrow)


def test_an_address_or_number_is_recognised_by_its_owner_alone() -> None:
    assert rules.masked("asha.sharma@example.com") == "a…@example.com"
    assert rules.masked("+919876543210") == "…3210"

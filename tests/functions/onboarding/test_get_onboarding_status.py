"""GET /api/onboarding/status."""

import pytest

from tests.functions.onboarding.companies import LETTERHEAD, REASON, rejected, submitted
from tests.functions.quotes.boxes import add_quote
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database

PATH = "/api/onboarding/status"


def example(owner: Client) -> Request:
    return Request("GET", PATH)


def test_a_new_company_is_approved_and_lacks_its_letterhead(owner: Client) -> None:
    assert owner.get(PATH).json == {
        "status": "approved",
        "steps": {
            "business_profile": False,
            "paper_pricing": True,
            "flute_settings": True,
            "tax_defaults": False,
            "quote_terms": False,
        },
        "progress": 67,
        "reason": None,
    }


def test_approved_by_hand_it_starts_as_not_submitted(by_hand: None) -> None:
    assert sign_up().get(PATH).json["status"] == "not_submitted"


@pytest.mark.parametrize("missing", LETTERHEAD)
def test_the_profile_takes_each_of_its_fields(owner: Client, missing: str) -> None:
    owner.patch("/api/tenant", LETTERHEAD | {missing: None})
    assert owner.get(PATH).json["steps"]["business_profile"] is False
    owner.patch("/api/tenant", LETTERHEAD)
    found = owner.get(PATH).json
    assert (found["steps"]["business_profile"], found["progress"]) == (True, 100)


def test_an_empty_address_is_none(owner: Client) -> None:
    owner.patch("/api/tenant", LETTERHEAD | {"address": ""})
    assert owner.get(PATH).json["steps"]["business_profile"] is False


def test_paper_needs_a_price_and_flutes_all_five(owner: Client, database: Database) -> None:
    [flute, *_] = owner.get("/api/settings/fluting").json["items"]
    owner.delete(f"/api/settings/fluting/{flute['id']}")
    owner.post("/api/settings/fluting", {"flute": "X", "factor": 1.4, "height_mm": 3})
    found = owner.get(PATH).json
    assert (found["steps"]["flute_settings"], found["progress"]) == (False, 33)
    database.run("delete from paper_bf_prices where tenant_id = :id", id=owner.account["tenant"]["id"])
    found = owner.get(PATH).json
    assert (found["steps"]["paper_pricing"], found["progress"]) == (False, 0)


def test_the_optional_steps_do_not_count(owner: Client) -> None:
    owner.patch("/api/tenant", {"state_code": "27"})
    add_quote(owner)
    steps = owner.get(PATH).json["steps"]
    assert (steps["tax_defaults"], steps["quote_terms"]) == (True, False)
    add_quote(owner, payment_terms="100% advance")
    found = owner.get(PATH).json
    assert (found["steps"]["quote_terms"], found["progress"]) == (True, 67)


def test_it_tells_why_it_was_rejected(owner: Client, admin: Client) -> None:
    rejected(admin, submitted(owner))
    found = owner.get(PATH).json
    assert (found["status"], found["reason"]) == ("rejected", REASON)


def test_it_is_asked_ten_times_a_minute(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RATE_LIMIT_FACTOR", "1")
    statuses = [owner.get(PATH).status for _ in range(12)]
    assert statuses[:10] == [200] * 10
    assert 429 in statuses[10:]

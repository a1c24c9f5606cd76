"""POST /api/quotes."""

from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tests.functions.quotes.boxes import FLUTE, LINER, PARTY, add_party, add_quote, box
from tests.support import clocks
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database


def example(owner: Client) -> Request:
    return Request("POST", "/api/quotes", {"party_id": add_party(owner), "items": [box(), box(name="Lid", height=40)]})


def test_the_quote_is_answered_as_it_is_stored(owner: Client) -> None:
    answer = owner.send(example(owner))
    assert answer.status == 201, answer.body
    quote = answer.json
    assert set(quote) >= {
        "id", "quote_no", "status", "version_no", "party", "items", "subtotal", "gst_percent", "gst_amount",
        "transport_charge", "round_off_value", "final_total", "currency", "created_at",
    }  # fmt: skip
    assert (quote["status"], quote["version_no"], quote["currency"]) == ("draft", 1, "INR")
    assert quote["party"] | PARTY == quote["party"]
    assert [item["index"] for item in quote["items"]] == [0, 1]
    assert owner.get(f"/api/quotes/{quote['id']}").json == quote


def test_an_item_costs_what_pricing_says(owner: Client) -> None:
    given = box()
    del given["name"]
    costing = owner.post("/api/pricing/box", given).json
    [item] = add_quote(owner)["items"]
    assert item["costing"] == costing
    assert item["cost_per_box"] == item["final_price"] == costing["total_cost_per_box"]
    assert (item["name"], item["ply"], item["quantity"]) == ("Mango carton", 3, 1000)
    assert Decimal(item["total"]) == Decimal(costing["total_value"])


def test_totals_are_worked_out_once_from_unrounded_lines(owner: Client) -> None:
    items = [box(quantity=3), box(quantity=7, length="411.5")]
    quote = add_quote(owner, items=items, gst_percent="18", transport_charge=750.5)
    subtotal = sum(Decimal(item["cost_per_box"]) * item["quantity"] for item in quote["items"])
    assert Decimal(quote["subtotal"]) == subtotal
    assert Decimal(quote["gst_amount"]) == round(subtotal * 18 / 100 + Decimal("1e-12"), 2)
    raw = subtotal + Decimal(quote["gst_amount"]) + Decimal("750.5")
    assert abs(raw - Decimal(quote["final_total"])) <= Decimal("0.5")
    assert quote["final_total"].endswith(".00")
    assert Decimal(quote["final_total"]) - Decimal(quote["round_off_value"]) == round(raw, 2)


def test_what_is_left_out_is_usual(owner: Client) -> None:
    for nothing in ({}, dict.fromkeys(("gst_percent", "transport_charge", "round_off_enabled", "valid_until"))):
        quote = add_quote(owner, **nothing)
        assert (quote["gst_percent"], quote["transport_charge"]) == ("5.00", "0.00")
        assert quote["round_off_enabled"] is True
        assert quote["valid_until"] is None


def test_terms_are_kept(owner: Client) -> None:
    terms = {
        "gst_percent": "12.00", "transport_charge": "10.25", "round_off_enabled": False, "delivery_days": "10",
        "payment_terms": "50% advance", "valid_until": "2026-12-31",
    }  # fmt: skip
    quote = add_quote(owner, **terms | {"delivery_days": 10})
    assert quote | terms == quote
    assert quote["round_off_value"] == "0.00"


def test_numbers_count_the_quotes_of_a_tenant_and_of_a_day_in_its_zone(
    owner: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clocks.stop(monkeypatch)
    numbers = [add_quote(owner)["quote_no"] for _ in range(3)]
    assert numbers == [f"QT-{now.astimezone(ZoneInfo('Asia/Kolkata')):%Y%m%d}-00{number}" for number in (1, 2, 3)]
    other, zone = sign_up(), "Pacific/Kiritimati"
    other.patch("/api/tenant", {"time_zone": zone})
    today = f"{now.astimezone(ZoneInfo(zone)):%Y%m%d}"
    assert add_quote(other)["quote_no"] == f"QT-{today}-001"
    database.run("update quote_counters set last_number = 999 where tenant_id = :id", id=other.account["tenant"]["id"])
    assert add_quote(other)["quote_no"] == f"QT-{today}-1000"


def test_a_refused_quote_takes_no_number(owner: Client) -> None:
    party_id = add_party(owner)
    assert owner.post("/api/quotes", {"party_id": party_id, "items": [box(height=None)]}).status == 422
    assert add_quote(owner, party_id=party_id)["quote_no"].endswith("-001")


def test_a_price_that_changes_later_does_not_change_the_quote(owner: Client) -> None:
    paper = {"gsm": 180, "bf": 24}
    quote = add_quote(owner, items=[box(layers=[paper, FLUTE, paper])])
    assert owner.post("/api/pricing/paper-bf-prices", {"bf": 24, "base_price": 90}).status == 200
    assert owner.get(f"/api/quotes/{quote['id']}").json == quote
    again = add_quote(owner, items=[box(layers=[paper, FLUTE, paper])])
    assert Decimal(again["subtotal"]) > Decimal(quote["subtotal"])


def test_layers_and_prices_are_kept_with_the_item(owner: Client, database: Database) -> None:
    quote = add_quote(owner, items=[box(layers=[{"gsm": 180, "bf": 24}, FLUTE, LINER])])
    [[kept]] = database.run(
        "select box from quote_items join quote_versions on version_id = id where quote_id = :id", id=quote["id"]
    )
    assert isinstance(kept, dict)
    assert [layer["rate"] for layer in kept["layers"]] == ["38.5", "35", "39.5"]
    assert [layer["fluting_factor"] for layer in kept["layers"]] == ["1", "1.35", "1"]
    assert kept["glue_flap_mm"] == "45"


@pytest.mark.parametrize("party_id", ["00000000-0000-7000-8000-000000000000", None])
def test_a_party_that_is_not_the_tenants_is_not_found(owner: Client, party_id: str | None) -> None:
    answer = owner.post("/api/quotes", {"party_id": party_id or add_party(sign_up()), "items": [box()]})
    assert (answer.status, answer.json["type"]) == (404, "/problems/party-not-found")
    assert answer.json["errors"][0]["pointer"] == "#/party_id"


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"items": []}, "#/items"),
        ({"items": [box(), box(name=" ")]}, "#/items/1/name"),
        ({"items": [box(), box(length=-1)]}, "#/items/1/length"),
        ({"items": [box(), box(layers=[LINER, FLUTE])]}, "#/items/1/layers"),
        ({"items": [box(), box(height=None)]}, "#/items/1/height"),
        ({"items": [box(quantity=0)]}, "#/items/0/quantity"),
        ({"items": [box(quantity=1.5)]}, "#/items/0/quantity"),
        ({"items": [box()], "party_id": "x"}, "#/party_id"),
        ({"items": [box()], "gst_percent": 101}, "#/gst_percent"),
        ({"items": [box()], "transport_charge": "0.001"}, "#/transport_charge"),
        ({"items": [box()], "transport_charge": -1}, "#/transport_charge"),
        ({"items": [box()], "round_off_enabled": 1}, "#/round_off_enabled"),
        ({"items": [box()], "valid_until": 20261231}, "#/valid_until"),
        ({"items": [box()], "valid_until": "2026-02-30"}, "#/valid_until"),
        ({"items": [box()], "status": "accepted"}, "#/status"),
        ({"items": [box() | {"price": 1}]}, "#/items/0/price"),
    ],
)
def test_a_wrong_input_is_pointed_at(owner: Client, given: dict[str, object], pointer: str) -> None:
    answer = owner.post("/api/quotes", {"party_id": add_party(owner)} | given)
    assert answer.status == 422, answer.body
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]


def test_paper_without_a_price_is_pointed_at(owner: Client) -> None:
    unknown = {"gsm": 180, "bf": 77}
    given = {"party_id": add_party(owner), "items": [box(), box(layers=[LINER, FLUTE, unknown])]}
    answer = owner.post("/api/quotes", given)
    assert (answer.status, answer.json["type"]) == (422, "/problems/paper-price-missing")
    assert [error["pointer"] for error in answer.json["errors"]] == ["#/items/1/layers/2/rate"]


def test_a_total_beyond_all_measure_is_refused(owner: Client) -> None:
    huge = box(quantity=10_000_000, layers=[LINER, FLUTE, LINER | {"rate": 100_000, "gsm": 1000}], length=10_000)
    answer = owner.post("/api/quotes", {"party_id": add_party(owner), "items": [huge | {"width": 10_000}] * 100})
    assert (answer.status, answer.json["type"]) == (422, "/problems/quote-too-large")


def test_the_same_key_makes_one_quote(owner: Client) -> None:
    request = example(owner)
    answers = [owner.post(request.path, request.json, idempotency_key="once") for _ in range(2)]
    assert answers[0].body == answers[1].body
    assert len(owner.get("/api/quotes").json["items"]) == 1

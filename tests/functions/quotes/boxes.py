"""Boxes, parties and quotes for the tests of this domain."""

import copy
from typing import Any

from tests.support.client import Client

GSTIN = "27AAPFU0939F1ZV"
PARTY = {
    "person_name": "Rohan Mehta", "designation": "Purchase manager", "company_name": "Pune Foods",
    "mobile_no": "+91 98765 43210", "email": "rohan@example.com", "gst_no": GSTIN, "address": "12 Market Yard\nPune",
}  # fmt: skip
LINER, FLUTE = {"gsm": 180, "bf": 24, "rate": "39.5"}, {"gsm": 120, "bf": 18, "rate": 35}
BOX: dict[str, Any] = {
    "name": "Mango carton", "ply": 3, "length": 400, "width": 300, "height": 200, "quantity": 1000,
    "flute_combination": "B", "layers": [LINER, FLUTE, LINER],
}  # fmt: skip


def box(**changes: Any) -> dict[str, Any]:
    return copy.deepcopy(BOX) | changes


def add_party(owner: Client, **changes: Any) -> str:
    answer = owner.post("/api/parties", PARTY | changes)
    assert answer.status == 201, answer.body
    return str(answer.json["id"])


def add_quote(owner: Client, **changes: Any) -> dict[str, Any]:
    party_id = changes.pop("party_id", None) or add_party(owner)
    answer = owner.post("/api/quotes", {"party_id": party_id, "items": [box()]} | changes)
    assert answer.status == 201, answer.body
    found: dict[str, Any] = answer.json
    return found

"""GET /api/quotes/{quote_id}/pdf."""

import io

from pypdf import PdfReader

from tests.functions.quotes.boxes import GSTIN, add_quote, box
from tests.support.client import Client, Request

SELLER = {
    "name": "Shree Ganesh Boxes", "address": "12 Vatva\nAhmedabad", "phone": "+91 79 1234567",
    "email": "sales@example.com", "gst_no": "24AAACC1206D1ZM",
}  # fmt: skip


def example(owner: Client) -> Request:
    return Request("GET", f"/api/quotes/{add_quote(owner)['id']}/pdf?version_no=1")


def printed(content: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(text.split())


def test_the_quotation_says_who_sells_what_to_whom_at_which_price(owner: Client) -> None:
    assert owner.patch("/api/tenant", SELLER).status == 200
    sheet = box(name="Partition", item_type="sheet", height=None, length=12, width="8.5", input_unit="inches")
    items = [box(description="Brown, <b>plain</b>"), sheet, box(name="Lid", measured_on="OD")]
    terms = {"payment_terms": "50% advance", "delivery_days": 10, "valid_until": "2026-12-31", "gst_percent": 18}
    quote = add_quote(owner, items=items, transport_charge=750, **terms)
    answer = owner.get(f"/api/quotes/{quote['id']}/pdf")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["content-disposition"] == f'inline; filename="{quote["quote_no"]}-v1.pdf"'
    text = printed(answer.body)
    expected = (
        "Shree Ganesh Boxes", "Vatva", "+91 79 1234567", "sales@example.com", "24AAACC1206D1ZM", quote["quote_no"],
        "Pune Foods", "Rohan Mehta", GSTIN, "Mango carton", "Brown, <b>plain</b>", "400 × 300 × 200 mm",
        "12 × 8.5 in", "400 × 300 × 200 mm outside", "1,000", "18%", "750.00", "50% advance", "10 days", "31 Dec 2026",
    )  # fmt: skip
    assert [part for part in expected if part not in text] == []


def test_a_version_gives_the_same_bytes_each_time(owner: Client) -> None:
    request = example(owner)
    first = owner.send(request).body
    owner.patch("/api/tenant", {"name": "Renamed", "time_zone": "Pacific/Kiritimati"})
    owner.post(request.path.replace("pdf?version_no=1", "versions"), {"items": [box(name="Other")]})
    assert owner.send(request).body == first
    newest = owner.get(request.path.partition("?")[0])
    assert newest.headers["content-disposition"].endswith('-v2.pdf"')
    assert "Other" in printed(newest.body)


def test_a_version_that_does_not_exist_is_not_found(owner: Client) -> None:
    request = example(owner)
    assert owner.send(Request("GET", request.path.replace("=1", "=2"))).status == 404

"""The main job on real input: sign up, load paper prices, upload a spreadsheet of boxes, download the GST quotation."""

import io
import uuid
from decimal import Decimal
from typing import TypeAlias

from openpyxl import Workbook

from tools.api import Caller, local_home, running_stack

Row: TypeAlias = list[str | float | None]

PRICES = "bf,base_price\n14,31.50\n16,32.75\n18,34.25\n20,35.50\n22,37.00\n24,39.25\n28,45.00\n35,51.00\n"
COLUMNS = ["Box Name", "Type", "Ply", "Flute", "Length", "Width", "Height", "Quantity"]
LAYER = ["GSM", "BF", "RCT", "Shade", "Rate"]
OUTER: Row = [180, 24, 1.6, "Golden Kraft", None]
LINER: Row = [150, 18, 1, "Kraft/Natural", None]
FLUTE: Row = [120, 16, 0.9, "", None]
BOXES: list[Row] = [
    ["Namkeen 5 kg carton", "rsc", 3, "B", 380, 280, 240, 2000, *OUTER, *FLUTE, *LINER],
    ["Export carton", "rsc", 5, "BC", 600, 400, 400, 500, *OUTER, *FLUTE, *LINER, *FLUTE, *LINER],
    ["मसाला पेटी", "rsc", 5, "BC", 450, 300, 300, 1000, *OUTER, *FLUTE, *LINER, *FLUTE, *LINER],
    ["Layer pad", "sheet", 3, "E", 590, 390, None, 3000, *LINER, *FLUTE, *LINER],
    ["Forgotten paper", "rsc", 3, "B", 300, 200, 150, 100, *OUTER, 120, None, 0.9, "", None, *LINER],
]


def spreadsheet() -> bytes:
    """A workbook as a box maker keeps it; the last row lacks a burst factor."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    layers = [f"{name} {column}" for name in ("L1", "F1", "L2", "F2", "L3") for column in LAYER]
    sheet.append(COLUMNS + layers)
    for row in BOXES:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def tell(text: str) -> None:
    print(f"· {text}", flush=True)


def main() -> None:
    caller = Caller(running_stack()["base_url"])
    email = f"boxmaker-{uuid.uuid4().hex[:8]}@example.com"
    owner = {
        "email": email,
        "password": "corrugated since 1987",
        "full_name": "Imran Shaikh",
        "company_name": "Shaikh Cartons",
    }
    account = caller.sign_in("/api/auth/signup", owner)
    tell(f"signed up {account['user']['full_name']} of {account['tenant']['name']} as {email}")
    caller.patch(
        "/api/tenant", {"address": "7 Station Road\nSurat 395003", "phone": "+91 261 234 5678", "email": email}
    )
    tell("put address and phone on the letterhead")
    loaded = caller.fetch("POST", "/api/pricing/paper-bf-prices/import", PRICES.encode(), "text/csv")
    tell(f"loaded paper prices: {loaded.decode()[:120]}")
    rate = caller.get("/api/pricing/paper-rate?bf=24&gsm=180&shade=Golden%20Kraft")
    tell(f"paper of BF 24, 180 GSM now costs ₹{rate['rate']}/kg")
    party = caller.post("/api/parties", {"person_name": "Meena Patel", "company_name": "Patel Namkeen"})
    tell(f"added the customer {party['company_name']}")
    form = {"party_id": party["id"], "payment_terms": "50% advance", "delivery_days": "7-10 working days"}
    form["transport_charge"] = "1250.00"
    imported = caller.upload("/api/quotes/import", "boxes.xlsx", spreadsheet(), form)
    quote = imported["quote"]
    tell(f"uploaded {len(BOXES)} boxes: {imported['accepted']} priced as {quote['quote_no']}")
    for refused in imported["refused"]:
        tell(f"  refused row {refused['row']}, {refused['column']}: {refused['reason']}")
    for item in quote["items"]:
        tell(f"  {item['name']}: {item['quantity']} × ₹{Decimal(item['cost_per_box']):.2f} = ₹{item['total']}")
    tell(f"subtotal ₹{Decimal(quote['subtotal']):.2f}, GST ₹{quote['gst_amount']}, total ₹{quote['final_total']}")
    target = local_home() / f"{quote['quote_no']}.pdf"
    target.write_bytes(caller.fetch("GET", f"/api/quotes/{quote['id']}/pdf"))
    tell(f"the quotation lies in {target}")


if __name__ == "__main__":
    main()

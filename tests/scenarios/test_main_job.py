"""The main job over HTTP, through the whole stack: sign up, prices, a spreadsheet, the GST quotation as PDF."""

import io
import os
import re
import subprocess
import sys
import time
from decimal import Decimal

from pypdf import PdfReader

from tests.support import client
from tests.support.client import Client
from tests.support.stack import Stack
from tools import demo
from tools.functions import ROOT


def text_of(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def imported(owner: Client) -> dict[str, object]:
    party = owner.post("/api/parties", {"person_name": "Meena Patel", "company_name": "Patel Namkeen"}).json
    answer = owner.upload("/api/quotes/import", "boxes.xlsx", demo.spreadsheet(), party_id=party["id"])
    assert answer.status == 201, answer.body
    found: dict[str, object] = answer.json
    return found


def test_a_spreadsheet_of_boxes_becomes_a_priced_quote(stack: Stack) -> None:
    owner = client.sign_up(stack.transport, company="Shaikh Cartons")
    assert owner.post("/api/pricing/paper-bf-prices", {"bf": 24, "base_price": "41.25"}).status == 200
    owner.patch("/api/tenant", {"gst_no": "27AAPFU0939F1ZV", "address": "7 Station Road\nSurat"})
    found = imported(owner)
    assert found["accepted"] == 4
    [refused] = found["refused"]  # type: ignore[misc]
    assert (refused["row"], refused["column"]) == (6, "F1 BF")
    quote = owner.get(f"/api/quotes/{found['quote']['id']}").json  # type: ignore[index]
    assert quote == found["quote"]
    prices = [Decimal(item["cost_per_box"]) * item["quantity"] for item in quote["items"]]
    assert Decimal(quote["subtotal"]) == sum(prices)
    raw = sum(prices) + Decimal(quote["gst_amount"])
    assert Decimal(quote["final_total"]) == raw.quantize(Decimal(1), "ROUND_HALF_UP")
    pdf = owner.get(f"/api/quotes/{quote['id']}/pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.body == owner.get(f"/api/quotes/{quote['id']}/pdf").body
    text = text_of(pdf.body)
    for printed in ("Shaikh Cartons", "27AAPFU0939F1ZV", quote["quote_no"], "Patel Namkeen", "Export carton", "GST"):
        assert printed in text


def test_prices_of_later_do_not_change_a_quote(stack: Stack) -> None:
    owner = client.sign_up(stack.transport)
    quote = imported(owner)["quote"]
    owner.post("/api/pricing/paper-bf-prices", {"bf": 24, "base_price": "99"})
    assert owner.get(f"/api/quotes/{quote['id']}").json == quote  # type: ignore[index]


def test_the_welcome_mail_comes_without_waiting_for_the_schedule(stack: Stack) -> None:
    owner = client.sign_up(stack.transport)
    email = owner.account["user"]["email"]
    deadline = time.monotonic() + 20
    while not (mails := stack.mails(email)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [mail["subject"] for mail in mails] == ["Welcome to BoxCostPro, Asha Sharma"]
    [token] = re.findall(r"/verify-email\?token=([\w-]{43})\s", mails[0]["text"])
    assert Client(stack.transport).post("/api/auth/verify-email", {"token": token}).status == 204
    stack.control("/drain")
    assert len(stack.mails(email)) == 1


def test_a_moved_clock_ends_tokens_and_sessions(stack: Stack) -> None:
    owner = client.sign_up(stack.transport)
    stack.settle()
    try:
        stack.control("/clock", {"advance_seconds": 16 * 60})
        expired = owner.get("/api/auth/user")
        assert (expired.status, "expired" in expired.json["detail"]) == (401, True)
        renewed = Client(stack.transport).post("/api/auth/refresh", {"refresh_token": owner.account["refresh_token"]})
        assert renewed.status == 200
        stack.control("/clock", {"advance_seconds": 31 * 86400})
        late = Client(stack.transport).post("/api/auth/refresh", {"refresh_token": renewed.json["refresh_token"]})
        assert late.status == 401
    finally:
        stack.control("/clock", {"reset": True})


def test_the_demo_tells_the_story(stack: Stack) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tools.demo"], cwd=ROOT, env=os.environ | {"LOCAL_HOME": str(stack.home)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "refused row 6, F1 BF" in ran.stdout
    [pdf] = stack.home.glob("QT-*.pdf")
    assert pdf.read_bytes().startswith(b"%PDF")

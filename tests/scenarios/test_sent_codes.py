"""Codes that are sent, through the whole stack: read where the mails are read, and signed in with."""

import re
import uuid

from tests.support import admins, factors
from tests.support.client import Client, sign_up
from tests.support.stack import Stack


def arrived(stack: Stack, to: str) -> str:
    """The code in the newest mail or text message to somebody."""
    stack.control("/drain")
    found = re.findall(r"\b[0-9]{6}\b", stack.mails(to)[-1]["text"])
    assert len(found) == 1
    return str(found[0])


def test_a_user_signs_in_with_codes_texted_to_his_phone(stack: Stack) -> None:
    owner, phone = sign_up(stack.transport), f"91{uuid.uuid4().int % 10**10:010}"
    assert owner.post("/api/v1/2fa/setup", {"method": "sms", "phone": f"+{phone}"}).status == 200
    enabled = owner.post("/api/v1/2fa/enable", {"code": arrived(stack, f"{phone}@text.example")})
    assert enabled.status == 200
    token = factors.challenge(owner)
    assert factors.verify(owner, token, arrived(stack, f"{phone}@text.example")).status == 200


def test_an_admin_logs_in_with_codes_mailed_to_him(stack: Stack) -> None:
    admin = admins.new_admin(stack.database, transport=stack.transport)
    assert admin.post("/api/admin/2fa/enable", {"method": "email"}).status == 200
    assert admin.post("/api/admin/2fa/verify", {"totp_code": arrived(stack, factors.address(admin))}).status == 200
    token = factors.challenge_of_admin(admin)
    answer = factors.complete(admin, token, arrived(stack, factors.address(admin)))
    assert answer.status == 200
    assert Client(stack.transport, answer.json["access_token"]).get("/api/admin/profile").status == 200

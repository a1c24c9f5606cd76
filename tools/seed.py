"""The demo tenant, a box maker with an address, a GSTIN and two customers, and an admin. Again it changes nothing."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tools.admin import invite_admin
from tools.api import Caller, Refused, confirm_address, running_stack

ADMIN = "admin@example.com"
USER = {"email": "demo@example.com", "password": "demo boxes for everybody"}
TENANT = {
    "address": "Plot 14, MIDC Industrial Estate\nBhosari, Pune 411026",
    "phone": "+91 20 2712 3456",
    "email": "sales@sharmapackaging.example.com",
    "gst_no": "27AAPFU0939F1ZV",
    "website": "https://sharmapackaging.example.com",
}
PARTIES = (
    {"person_name": "Ravi Kulkarni", "company_name": "Kulkarni Foods", "mobile_no": "+91 98220 12345"},
    {"person_name": "मीना देशपांडे", "company_name": "देशपांडे मसाले", "mobile_no": "+91 98230 54321"},
)


def seed(base_url: str, control_url: str, admin_password: str) -> dict[str, dict[str, str]]:
    """Make the demo tenant and the admin unless they are there; answers how both sign in."""
    admin = {"email": ADMIN, "password": admin_password}
    with telling("demo tenant"):
        seed_tenant(base_url, control_url)
    with telling("admin"):
        seed_admin(base_url, control_url, admin)
    return {"demo_user": dict(USER), "admin": admin}


@contextmanager
def telling(whose: str) -> Iterator[None]:
    """That an account is no longer as it was made: somebody has closed it, say, or has another password."""
    try:
        yield
    except Refused as refused:
        print(f"The {whose} is no longer as it was made, `make clean` makes it anew: {refused}", file=sys.stderr)


def seed_admin(base_url: str, control_url: str, admin: dict[str, str]) -> None:
    """By the link that the first super admin of any stack gets."""
    caller = Caller(base_url)
    try:
        caller.post("/api/admin/login", admin)
    except Refused as refused:
        if refused.status != 401:
            raise
        token = invite_admin(control_url, ADMIN)["link"].partition("?token=")[2]
        body = json.dumps({"token": token, "password": admin["password"]}).encode()
        caller.fetch("POST", "/api/admin/set-password", body, "application/json")


def seed_tenant(base_url: str, control_url: str) -> None:
    caller = Caller(base_url)
    try:
        caller.post("/api/auth/signin", USER)
    except Refused as refused:
        if refused.status != 401:
            raise
        named = USER | {"full_name": "Asha Sharma", "company_name": "Sharma Packaging"}
        caller.sign_in("/api/auth/signup", named)
        confirm_address(caller, Caller(control_url), USER["email"])
        caller.patch("/api/tenant", TENANT)
        for party in PARTIES:
            caller.post("/api/parties", party)


if __name__ == "__main__":
    stack = running_stack()
    for name, account in seed(stack["base_url"], stack["control_url"], stack["admin"]["password"]).items():
        print(f"{name}: {account['email']} / {account['password']}")

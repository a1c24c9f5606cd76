"""The platform's own side: log in with a second factor, approve a user, look at his account in his name."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pyotp

from tools.admin import invite_admin
from tools.api import Caller, running_stack
from tools.demo import tell

STEP = 30  # seconds for which an authenticator app shows a code


class App:
    """An authenticator app, whose time is that of the stack. A code works once, so each is of a later step."""

    def __init__(self, control: Caller, secret: str) -> None:
        self.control, self.totp = control, pyotp.TOTP(secret)

    def next_code(self) -> str:
        now = self.control.post("/clock", {"advance_seconds": STEP})["now"]
        return self.totp.at(datetime.fromisoformat(now))


def main() -> None:
    stack = running_stack()
    control = Caller(stack["control_url"])
    try:
        admin, app = new_admin(stack, control)
        with manual_approval(admin):
            account = approved_user(stack["base_url"], admin)
        impersonate(stack["base_url"], admin, app, account)
    finally:
        control.post("/clock", {"reset": True})


def new_admin(stack: dict[str, Any], control: Caller) -> tuple[Caller, App]:
    """A super admin with a second factor, logged in."""
    admin, email = Caller(stack["base_url"]), f"admin-{uuid.uuid4().hex[:8]}@example.com"
    token = invite_admin(stack["control_url"], email)["link"].partition("?token=")[2]
    known = {"email": email, "password": "keeper of the keys"}
    send(admin, "POST", "/api/admin/set-password", {"token": token, "password": known["password"]})
    admin.sign_in("/api/admin/login", known)
    tell(f"{email} chose a password by the link that `make admin` prints, and logged in")
    app = App(control, admin.post("/api/admin/2fa/enable", {"method": "totp"})["secret"])
    admin.post("/api/admin/2fa/verify", {"totp_code": app.next_code()})
    admin.fetch("POST", "/api/admin/logout")
    challenge = admin.post("/api/admin/login", known)
    tell(f"logs in again: the password alone gives no token, but asks for {' or '.join(challenge['methods'])}")
    answer = {"challenge_token": challenge["challenge_token"], "code": app.next_code()}
    admin.sign_in("/api/admin/login/2fa", answer)
    tell("shows the code of the app: logged in")
    return admin, app


@contextmanager
def manual_approval(admin: Caller) -> Iterator[None]:
    """New accounts wait for an admin meanwhile; afterwards it is as it was."""
    before = admin.get("/api/admin/settings")["onboarding_approval"]
    admin.patch("/api/admin/settings", {"onboarding_approval": "manual"})
    tell("new accounts now want the approval of an admin")
    try:
        yield
    finally:
        admin.patch("/api/admin/settings", {"onboarding_approval": before})
        tell(f"and {before} is the setting again")


def approved_user(base_url: str, admin: Caller) -> dict[str, Any]:
    """Somebody who signs up, sets his company up, submits it, and is approved."""
    user, email = Caller(base_url), f"boxmaker-{uuid.uuid4().hex[:8]}@example.com"
    owner = {"email": email, "password": "corrugated since 1987", "full_name": "Imran Shaikh", "company_name": "Shaikh"}
    account: dict[str, Any] = user.sign_in("/api/auth/signup", owner)
    tell(f"{email} signed up; his quotations wait: {user.refused('/api/quotes')['code']}")
    company = {"address": "7 Station Road\nSurat 395003", "phone": "+91 261 234 5678", "email": email}
    user.patch("/api/tenant", company | {"gst_no": "27AAPFU0939F1ZV"})
    submitted = user.post("/api/onboarding/submit", {})
    tell(f"he gave his company's data and submitted it: {submitted['status']}, {user.refused('/api/quotes')['code']}")
    admin.post(f"/api/admin/users/{account['user']['id']}/approve", {})
    user.get("/api/quotes")
    tell("an admin approved it: the same token now opens the quotations")
    return account


def impersonate(base_url: str, admin: Caller, app: App, account: dict[str, Any]) -> None:
    """In the user's name, reading only, and over at once when ended."""
    admin.post("/api/admin/2fa/verify", {"totp_code": app.next_code()})
    wish = {"user_id": account["user"]["id"], "reason": "He asked by phone why his quotation looks odd"}
    started = admin.post("/api/admin/impersonate/start", wish)
    tell(f"with a fresh code the admin acts as {account['user']['full_name']} for {started['expires_in']} seconds")
    other = Caller(base_url)
    other.token = started["access_token"]
    tell(f"he reads the account of {other.get('/api/auth/user')['tenant']['name']}")
    tell(f"he may not change it: {other.refused('/api/parties', {'person_name': 'Nobody'})['title']}")
    send(admin, "POST", "/api/admin/impersonate/end", {})
    tell(f"he ended it, and its token is dead: {other.refused('/api/auth/user')['detail']}")


def send(caller: Caller, method: str, path: str, body: Any) -> None:
    """A call that answers nothing."""
    caller.fetch(method, path, json.dumps(body).encode(), "application/json")


if __name__ == "__main__":
    main()

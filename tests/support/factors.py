"""A second factor as its user sees it: an authenticator app and backup codes."""

import time
from dataclasses import dataclass, field

import pyotp

from tests.support.client import PASSWORD, Answer, Client, sign_up


@dataclass
class App:
    """An authenticator app that holds a secret; `step` is the last of which it gave a code."""

    secret: str
    backup_codes: list[str] = field(default_factory=list)
    step: int = 0

    def code(self) -> str:
        """One that was not given before: of this step, or already of the next."""
        self.step = max(self.step + 1, int(time.time()) // 30 - 1)
        return self.code_of(self.step)

    def code_of(self, step: int) -> str:
        return pyotp.HOTP(self.secret).at(step)

    def wrong_code(self) -> str:
        """Six digits that are right in none of the steps about now."""
        now = int(time.time()) // 30
        right = {self.code_of(step) for step in range(now - 3, now + 4)}
        return next(code for code in ("000000", "111111", "222222", "333333", "444444", "555555") if code not in right)


def set_up(client: Client) -> App:
    answer = client.post("/api/v1/2fa/setup")
    assert answer.status == 200, answer.body
    return App(answer.json["secret"])


def enable(client: Client) -> App:
    """With a code of the step before, so that the two next ones are there to be used."""
    app = set_up(client)
    answer = client.post("/api/v1/2fa/enable", {"code": app.code()})
    assert answer.status == 200, answer.body
    app.backup_codes = answer.json["backup_codes"]
    return app


def challenge(client: Client) -> str:
    """Sign in with the password; the token of the challenge."""
    answer = sign_in(client)
    assert answer.status == 200 and answer.json["mfa_required"], answer.body
    return str(answer.json["challenge_token"])


def sign_in(client: Client) -> Answer:
    given = {"email": client.account["user"]["email"], "password": PASSWORD}
    return Client(client.transport).post("/api/auth/signin", given)


def verify(client: Client, token: str, code: str) -> Answer:
    return Client(client.transport).post("/api/v1/2fa/verify", {"challenge_token": token, "code": code})


def user_id(client: Client) -> str:
    return str(client.account["user"]["id"])


def sign_up_with_factor() -> tuple[Client, App]:
    """Somebody else."""
    other = sign_up()
    return other, enable(other)

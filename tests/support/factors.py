"""A second factor as its holder sees it: an authenticator app, codes that are sent, and backup codes."""

import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import pyotp

from shared.core import keyed
from tests.support import admins, mailed
from tests.support.client import PASSWORD, Answer, Client, sign_up

NEVER_SENT = ("000000", "111111", "222222", "333333", "444444", "555555", "666666")


@dataclass
class App:
    """An authenticator app that holds a secret; `step` is the last of which it gave a code that counts."""

    secret: str
    backup_codes: list[str] = field(default_factory=list)
    step: int = 0

    def code(self) -> str:
        """One that was not given before, good for half a minute at least. The first is of this step, the second may be
        of the next; a third at once would be of one too far ahead."""
        self.step = max(self.step + 1, int(time.time()) // 30)
        return self.code_of(self.step)

    def code_of(self, step: int) -> str:
        return pyotp.HOTP(self.secret).at(step)

    def wrong_code(self, *moments: datetime) -> str:
        """Six digits that are right in none of the steps about now, or about all of these moments."""
        steps = [int(moment.timestamp()) // 30 for moment in moments] or [int(time.time()) // 30]
        right = {self.code_of(step + off) for step in steps for off in range(-3, 4)}
        return next(code for code in NEVER_SENT if code not in right)


def set_up(client: Client) -> App:
    answer = client.post("/api/v1/2fa/setup")
    assert answer.status == 200, answer.body
    return App(answer.json["secret"])


def enable(client: Client) -> App:
    """With a code that does not count as given, so that two are there to be used."""
    app = set_up(client)
    answer = client.post("/api/v1/2fa/enable", {"code": app.code()})
    assert answer.status == 200, answer.body
    app.backup_codes = answer.json["backup_codes"]
    give_back(client, app)
    return app


def give_back(client: Client, app: App) -> None:
    """The last code is as if it had not been given."""
    app.step -= 1
    mailed.behind[client.transport].run(
        "update two_factor_auth set last_step = :step where holder_id = :id", step=app.step, id=holder(client)["id"]
    )


def enable_sent(client: Client, **wanted: str) -> list[str]:
    """A factor whose codes are sent: by mail unless told. Answers the backup codes."""
    answer = client.post("/api/v1/2fa/setup", {"method": "email"} | wanted)
    assert answer.status == 200, answer.body
    answer = client.post("/api/v1/2fa/enable", {"code": sent_code(client, wanted.get("phone"))})
    assert answer.status == 200, answer.body
    codes: list[str] = answer.json["backup_codes"]
    return codes


def sent_code(client: Client, to: str | None = None) -> str:
    """The newest code sent to a phone, or else to the client's address: made as the mailer makes it."""
    found = mailed.behind[client.transport].run(
        "select event->>'code' from outbox where event->>'to' = :to and event->>'code' is not null"
        " order by created_at desc, id desc limit 1",
        to=to or address(client),
    )
    assert found, "no code was sent"
    return keyed.sent_code(UUID(str(found[0][0])))


def wrong_code(client: Client, to: str | None = None) -> str:
    """Six digits that were not sent last."""
    return next(code for code in NEVER_SENT if code != sent_code(client, to))


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


def address(client: Client) -> str:
    return str(holder(client)["email"])


def holder(client: Client) -> dict[str, Any]:
    """The user or admin who is signed in."""
    found: dict[str, Any] = client.account["user" if "user" in client.account else "admin"]
    return found


def sign_up_with_factor() -> tuple[Client, App]:
    """Somebody else."""
    other = sign_up()
    return other, enable(other)


def set_up_of_admin(admin: Client) -> App:
    answer = admin.post("/api/admin/2fa/enable", {"method": "totp"})
    assert answer.status == 200, answer.body
    return App(answer.json["secret"], answer.json["backup_codes"])


def enable_of_admin(admin: Client) -> App:
    """As `enable`."""
    app = set_up_of_admin(admin)
    answer = admin.post("/api/admin/2fa/verify", {"totp_code": app.code()})
    assert answer.status == 200, answer.body
    give_back(admin, app)
    return app


def challenge_of_admin(admin: Client) -> str:
    """Log in with the password; the token of the challenge."""
    answer = admins.log_in(admin)
    assert answer.status == 200 and answer.json["mfa_required"], answer.body
    return str(answer.json["challenge_token"])


def complete(admin: Client, token: str, code: str) -> Answer:
    return Client(admin.transport).post("/api/admin/login/2fa", {"challenge_token": token, "code": code})


def admin_id(admin: Client) -> str:
    return str(admin.account["admin"]["id"])


def unused_code_of_admin(admin: Client) -> str:
    """For examples: of an app that is set up now, or a backup code where there is one already."""
    if admin.get("/api/admin/2fa/status").json["enabled"]:
        return str(admin.post("/api/admin/2fa/regenerate-backup-codes").json["backup_codes"][0])
    return enable_of_admin(admin).code()


def a_minute_later(client: Client) -> None:
    """Another code may be asked for."""
    for table in ("two_factor_auth", "mfa_challenges"):
        mailed.behind[client.transport].run(
            f"update {table} set code_sent_at = code_sent_at - interval '1 minute'"
            " where holder_id = coalesce((select id from users where email = :to),"
            " (select id from admins where email = :to))",
            to=address(client),
        )

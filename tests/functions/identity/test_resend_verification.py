"""POST /api/auth/resend-verification."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest

from shared.core import clock, db
from shared.core.call import Actor, Call
from shared.domains.identity.errors import VerificationSentRecently
from shared.domains.identity.service import verification
from tests.functions.identity.test_verify_email import verify
from tests.support import clocks, mailed
from tests.support.client import Client, Request
from tests.support.database import Database

OWN = True
PATH = "/api/auth/resend-verification"


def example(owner: Client) -> Request:
    """As if the last one had been sent long ago."""
    forget = "update email_tokens set resent_at = null where user_id = :user"
    mailed.behind[owner.transport].run(forget, user=owner.account["user"]["id"])
    return Request("POST", PATH)


def test_a_new_link_takes_the_place_of_the_older_one(owner: Client) -> None:
    assert owner.send(example(owner)).status == 202
    assert verify(mailed.secret(owner, "USER_SIGNUP")) == 410
    assert verify(mailed.secret(owner, "EMAIL_VERIFICATION")) == 204


def test_at_most_once_a_minute(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    clocks.stop(monkeypatch)
    assert owner.post(PATH).status == 202
    refused = owner.post(PATH)
    assert (refused.status, refused.json["type"]) == (429, "/problems/verification-sent-recently")
    assert refused.headers["retry-after"] == "60"
    assert verify(mailed.secret(owner, "EMAIL_VERIFICATION")) == 204, "what was refused has ended no link"
    assert owner.post(PATH).status == 202, "there is nothing to send any more"


def test_again_after_a_minute(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = clocks.stop(monkeypatch)
    assert owner.post(PATH).status == 202
    clocks.stop(monkeypatch, sent + timedelta(seconds=59))
    assert owner.post(PATH).status == 429
    clocks.stop(monkeypatch, sent + timedelta(seconds=60))
    assert owner.post(PATH).status == 202


def test_of_eight_at_once_one_is_sent(owner: Client) -> None:
    actor = Actor(UUID(owner.account["user"]["id"]), UUID(owner.account["tenant"]["id"]))
    together = threading.Barrier(8, timeout=60)

    def resend(_: int) -> bool:
        call = Call(actor, clock.now())
        together.wait()
        try:
            with db.transaction(db.Scope(actor.tenant_id)) as call.connection:
                verification.resend(call)
            return True
        except VerificationSentRecently:
            return False
        finally:
            db.hang_up()

    with ThreadPoolExecutor(8) as callers:
        assert sum(callers.map(resend, range(8))) == 1


def test_who_is_verified_gets_no_mail(owner: Client, database: Database) -> None:
    verify(mailed.secret(owner, "USER_SIGNUP"))
    assert owner.send(example(owner)).status == 202
    assert database.run(
        "select event->>'template' from outbox where event->>'to' = :to", to=owner.account["user"]["email"]
    ) == [["USER_SIGNUP"]]


def test_a_user_of_before_there_were_links_gets_one(owner: Client, database: Database) -> None:
    database.run("delete from email_tokens where user_id = :user", user=owner.account["user"]["id"])
    assert owner.send(example(owner)).status == 202
    assert verify(mailed.secret(owner, "EMAIL_VERIFICATION")) == 204

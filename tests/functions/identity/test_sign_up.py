"""POST /api/auth/signup."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from shared.core import clock, db
from shared.core.call import Actor, Call
from shared.core.errors import Problem
from shared.domains.identity.schemas import SignUp
from shared.domains.identity.service import signing_up
from shared.domains.onboarding.queries import trial_invites
from shared.domains.onboarding.rows import AcceptedRow
from tests.functions.onboarding.trials import PATH, invite, sign_up_by
from tests.support.client import PASSWORD, Answer, Client, Request, new_email
from tests.support.database import Database

CALLERS = 50


def example(owner: Client) -> Request:
    given = {"email": new_email(), "password": PASSWORD, "full_name": "Asha Sharma", "company_name": "Sharma Packaging"}
    return Request("POST", "/api/auth/signup", given)


def test_a_new_user_owns_a_new_tenant(nobody: Client) -> None:
    answer = nobody.send(example(nobody))
    assert answer.status == 201
    assert answer.json["user"]["role"] == "owner"
    assert answer.json["tenant"]["time_zone"] == "Asia/Kolkata"
    account = Client(token=answer.json["access_token"]).get("/api/auth/user")
    assert account.json == {"user": answer.json["user"], "tenant": answer.json["tenant"]}


def test_a_known_address_is_refused_in_any_case(nobody: Client) -> None:
    first = example(nobody)
    assert nobody.send(first).status == 201
    again = nobody.post("/api/auth/signup", first.json | {"email": first.json["email"].upper()})
    assert again.status == 409
    assert again.json["type"] == "/problems/email-taken"


def test_the_password_is_kept_as_a_hash_only(nobody: Client, database: Database) -> None:
    request = example(nobody)
    nobody.send(request)
    [[kept]] = database.run("select password_hash from users where email = :email", email=request.json["email"])
    assert str(kept).startswith("$argon2id$")


def test_each_wrong_field_is_named(nobody: Client) -> None:
    answer = nobody.post("/api/auth/signup", {"email": "x", "password": "short", "full_name": " ", "admin": True})
    assert answer.status == 422
    pointers = {error["pointer"] for error in answer.json["errors"]}
    assert pointers == {"#/email", "#/password", "#/full_name", "#/company_name", "#/admin"}


def test_the_welcome_mail_is_asked_for_in_the_same_transaction(nobody: Client, database: Database) -> None:
    request = example(nobody)
    nobody.send(request)
    found = database.run("select name from outbox where event->>'to' = :email", email=request.json["email"])
    assert found == [["MailRequested"]]


# By a trial invite


def refusal(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.json["type"].removeprefix("/problems/")


def trial_ends_at(database: Database, tenant_id: str) -> Any:
    return database.run("select trial_ends_at from tenants where id = :id", id=tenant_id)[0][0]


def test_the_trial_begins_and_the_address_is_verified(admin: Client, database: Database) -> None:
    email = new_email()
    begun = clock.now()
    answer = sign_up_by(invite(admin, email, trial_days=30), email)
    assert (answer.status, answer.json["user"]["email_verified"]) == (201, True)
    ends: datetime = trial_ends_at(database, answer.json["tenant"]["id"])
    assert begun + timedelta(days=30) <= ends <= clock.now() + timedelta(days=30)
    mail = "select event->>'template', event->'link' from outbox where event->>'to' = :email order by id desc limit 1"
    assert database.run(mail, email=email) == [["TRIAL_STARTED", None]]
    [accepted] = [item for item in admin.get(PATH).json["items"] if item["email"] == email]
    assert accepted["status"] == "accepted"


def test_without_an_invite_there_is_no_trial(owner: Client, database: Database) -> None:
    assert trial_ends_at(database, owner.account["tenant"]["id"]) is None


def test_an_invite_works_once_and_in_its_time(admin: Client, database: Database) -> None:
    email = new_email()
    token = invite(admin, email)
    assert sign_up_by(token, email).status == 201
    assert refusal(sign_up_by(token, email)) == (410, "trial-invite-invalid")
    assert refusal(sign_up_by("never made", new_email())) == (410, "trial-invite-invalid")
    late = new_email()
    token = invite(admin, late)
    database.run("update trial_invites set expires_at = created_at where email = :email", email=late)
    assert refusal(sign_up_by(token, late)) == (410, "trial-invite-invalid")


def test_an_invite_is_for_its_address_and_another_does_not_spend_it(admin: Client) -> None:
    email = new_email()
    token = invite(admin, email)
    answer = sign_up_by(token, new_email())
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "#/email")
    assert sign_up_by(token, email.upper()).status == 201


def test_an_invite_for_an_address_that_has_signed_up_meanwhile_stays_unspent(admin: Client, nobody: Client) -> None:
    email = new_email()
    token = invite(admin, email)
    assert nobody.post("/api/auth/signup", example(nobody).json | {"email": email}).status == 201
    assert refusal(sign_up_by(token, email)) == (409, "email-taken")
    [there] = [item for item in admin.get(PATH).json["items"] if item["email"] == email]
    assert there["status"] == "pending"


def race(admin: Client) -> list[str]:
    """As many sign-ups by one invite at once, each on a connection of its own: what became of them."""
    email = new_email()
    given = SignUp(
        email=email, password=PASSWORD, full_name="Asha", company_name="Asha", invite_token=invite(admin, email)
    )
    together = threading.Barrier(CALLERS, timeout=60)

    def sign_up(_: int) -> str:
        call = Call(Actor(), clock.now(), scope=db.Scope(staff=True))
        together.wait()
        try:
            with db.transaction(call.scope) as call.connection:
                call.connection.execute("set local lock_timeout = '60s'")
                signing_up.sign_up(call, given)
            return "signed up"
        except Problem as problem:
            return problem.slug
        finally:
            db.hang_up()

    with ThreadPoolExecutor(CALLERS) as pool:
        return sorted(pool.map(sign_up, range(CALLERS)))


def test_of_fifty_sign_ups_by_one_invite_one_succeeds(admin: Client) -> None:
    assert race(admin) == ["signed up"] + ["trial-invite-invalid"] * (CALLERS - 1)


def test_the_race_catches_an_invite_that_is_read_before_it_is_used(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: look whether the invite is open, then accept it. Then only the address stops the others."""
    everybody_has_read = threading.Barrier(CALLERS, timeout=60)

    def read_then_write(connection: db.Connection, *, tenant: UUID, **_: Any) -> AcceptedRow | None:
        newest = "(select id from trial_invites order by created_at desc limit 1)"
        [[email, is_open]] = connection.execute(
            f"select email, accepted_at is null from trial_invites where id = {newest}"
        ).rows or [["", False]]
        everybody_has_read.wait()
        connection.execute(f"update trial_invites set accepted_at = created_at where id = {newest}")
        return AcceptedRow(email, 14) if is_open else None

    monkeypatch.setattr(trial_invites, "use_invite", read_then_write)
    assert race(admin) == ["email-taken"] * (CALLERS - 1) + ["signed up"]

"""Who was there first gains nothing: accounts made in another's name, sessions planted or kept.

After Sudhodanan and Paverd, Pre-hijacked accounts (USENIX Security 2022), as far as there is something to hijack here.
"""

import pytest

from tests.functions.identity.test_list_sessions import sign_in
from tests.functions.identity.test_reset_password import NEW, link, reset
from tests.support import factors, mailed
from tests.support.client import PASSWORD, Client, sign_up
from tests.support.database import Database
from tests.support.examples import key


@pytest.fixture
def attacker(database: Database) -> Client:
    """Has signed up with the address of his victim, who will read the mails."""
    return sign_up()


def dead(client: Client) -> bool:
    """Neither token of a session works."""
    refreshed = Client().post("/api/auth/refresh", {"refresh_token": client.account["refresh_token"]})
    return {client.get("/api/auth/user").status, client.patch("/api/user-profile", {}).status, refreshed.status} == {
        401
    }


def test_the_victim_who_takes_the_account_over_by_mail_is_alone_in_it(attacker: Client) -> None:
    """Unexpired session, classic: the attacker keeps sessions open and knows the password."""
    kept = [attacker, sign_in(attacker), sign_in(attacker)]
    renewed = Client().post("/api/auth/refresh", {"refresh_token": kept[2].account["refresh_token"]}).json
    kept[2] = Client(token=renewed["access_token"], account=kept[2].account | renewed)
    assert reset(link(attacker)) == 204
    assert all(dead(session) for session in kept)
    given = {"email": attacker.account["user"]["email"], "password": PASSWORD}
    assert Client().post("/api/auth/signin", given).status == 401


def test_a_key_that_the_attacker_made_dies_with_his_password(attacker: Client) -> None:
    """Trojan identifier: another way in, prepared before the victim came."""
    planted = key(attacker, "pricing:read")
    assert planted.get("/api/pricing/shade-premiums").status == 200
    reset(link(attacker))
    assert planted.get("/api/pricing/shade-premiums").status == 401


def test_a_second_factor_that_the_attacker_set_up_does_not_lock_the_victim_out(attacker: Client) -> None:
    factors.enable(attacker)
    reset(link(attacker))
    given = {"email": attacker.account["user"]["email"], "password": NEW}
    assert "access_token" in Client().post("/api/auth/signin", given).json


def test_a_second_factor_of_who_has_verified_his_address_stays(attacker: Client) -> None:
    """Else a mailbox would be worth as much as both factors."""
    Client().post("/api/auth/verify-email", {"token": mailed.secret(attacker, "USER_SIGNUP")})
    factors.enable(attacker)
    reset(link(attacker))
    given = {"email": attacker.account["user"]["email"], "password": NEW}
    assert Client().post("/api/auth/signin", given).json["mfa_required"] is True


def test_a_sign_in_that_waits_for_its_second_factor_ends_with_the_password(attacker: Client) -> None:
    Client().post("/api/auth/verify-email", {"token": mailed.secret(attacker, "USER_SIGNUP")})
    app = factors.enable(attacker)
    given = {"email": attacker.account["user"]["email"], "password": PASSWORD}
    waiting = Client().post("/api/auth/signin", given).json["challenge_token"]
    reset(link(attacker))
    answer = Client().post("/api/v1/2fa/verify", {"challenge_token": waiting, "code": app.code()})
    assert answer.status in (401, 403, 410)


def test_a_link_that_the_attacker_asked_for_comes_to_nothing(attacker: Client) -> None:
    """Every link goes to the victim; and what came before the new password works no more."""
    attacker.post("/api/auth/resend-verification")
    older = link(attacker)
    reset(link(attacker))
    assert reset(older, "the attacker's phrase") == 410


def test_a_link_to_an_address_that_the_account_no_longer_has_is_dead(attacker: Client, database: Database) -> None:
    """Unexpired change of address, seen from here: the link is for the user at that address, not for the user."""
    token = link(attacker)
    database.run("update users set email = 'now-' || email where id = :id", id=attacker.account["user"]["id"])
    assert reset(token) == 410


def test_an_unverified_address_stays_so_whatever_its_user_says(attacker: Client) -> None:
    """Non-verifying provider: nobody's word counts but that of the mailbox."""
    assert attacker.patch("/api/user-profile", {"email_verified": True}).status == 422
    assert sign_in(attacker).account["user"]["email_verified"] is False
    Client().post("/api/auth/verify-email", {"token": "x" * 43})
    assert attacker.get("/api/auth/user").json["user"]["email_verified"] is False


def test_the_victim_cannot_sign_up_over_it_but_can_take_it(attacker: Client) -> None:
    email = attacker.account["user"]["email"]
    again = {"email": email, "password": NEW, "full_name": "The victim", "company_name": "Own"}
    assert Client().post("/api/auth/signup", again).status == 409
    reset(link(attacker))
    victim = Client().post("/api/auth/signin", {"email": email, "password": NEW})
    assert (victim.status, victim.json["user"]["email_verified"]) == (200, True)


def test_a_session_is_new_at_every_sign_in(attacker: Client, database: Database) -> None:
    """Fixation: a token that the attacker has put in the victim's client beforehand does not become the victim's."""
    victim = sign_up()
    given = {"email": victim.account["user"]["email"], "password": PASSWORD}
    fixed = Client(token=attacker.token)
    signed_in = fixed.post("/api/auth/signin", given, cookie=f"session={attacker.token}").json
    assert signed_in["access_token"] != attacker.token
    assert attacker.get("/api/auth/user").json["user"] == attacker.account["user"], "the planted token is still his own"
    sessions = "select count(*), count(distinct id) from user_sessions where user_id = :id"
    assert database.run(sessions, id=victim.account["user"]["id"]) == [[2, 2]]
    assert database.run(sessions, id=attacker.account["user"]["id"]) == [[1, 1]]


def test_a_verification_link_signs_nobody_in(attacker: Client) -> None:
    """Who opens the link of an account that another made in his name has verified it, and is told nothing else."""
    answer = Client().post("/api/auth/verify-email", {"token": mailed.secret(attacker, "USER_SIGNUP")})
    assert (answer.status, answer.body) == (204, b"")

"""What somebody is told whose token, key or impersonation holds no longer: what he can do about it."""

from collections.abc import Mapping

import pytest

from shared.core.errors import Unauthenticated
from shared.entry import caller
from tests.functions.impersonation.acting import end, impersonate
from tests.support.client import Client

NOW = 1_800_000_000
OVER, TO_COME = str(NOW), str(NOW + 1)
IDS = {"user_id": "0" * 32, "tenant_id": "0" * 32}
SESSION = IDS | {"audience": "user", "role": "owner", "session_id": "0" * 32}
KEY = IDS | {"audience": "user", "role": "owner", "key_id": "0" * 32, "key_scopes": "quotes:read"}
ADMIN = {"audience": "admin", "role": "super_admin", "session_id": "0" * 32, "admin_id": "0" * 32}
IMPERSONATION = SESSION | {"admin_id": "0" * 32}
REFRESH, ANOTHER_KEY = "the access token has expired: refresh it", "this API key has expired: make a new one"
START = "this impersonation has ended: start another"


def event(claims: Mapping[str, str], auth: str, expires_at: str) -> caller.Event:
    given = {**claims, "auth": auth, "expires_at": expires_at}
    return {"requestContext": {"authorizer": {"lambda": given}}}


@pytest.mark.parametrize(
    ("claims", "advice"),
    [(SESSION, REFRESH), (ADMIN, REFRESH), (KEY, ANOTHER_KEY), (IMPERSONATION, START)],
    ids=["session", "admin", "key", "impersonation"],
)
def test_what_has_expired_names_a_way_that_is_open(claims: Mapping[str, str], advice: str) -> None:
    """Whether the authorizer finds it out, or has said earlier until when it holds."""
    assert caller.actor(event(claims, "ok", TO_COME), NOW)
    for auth, expires_at in (("expired", OVER), ("ok", OVER)):
        with pytest.raises(Unauthenticated) as refused:
            caller.actor(event(claims, auth, expires_at), NOW)
        assert str(refused.value) == advice


def test_of_an_expired_key_the_authorizer_says_no_more_than_that() -> None:
    with pytest.raises(Unauthenticated, match=ANOTHER_KEY):
        caller.actor({"requestContext": {"authorizer": {"lambda": {"auth": "expired", "audience": "user"}}}}, NOW)


def test_a_session_that_was_ended_has_to_be_opened_again(owner: Client) -> None:
    owner.post("/api/auth/logout")
    assert owner.get("/api/auth/user").json["detail"] == "this session has ended: sign in again"


def test_an_impersonation_that_was_ended_has_to_be_started_again(admin: Client, owner: Client) -> None:
    acting = impersonate(admin, owner)
    assert end(acting) == 204
    assert acting.get("/api/auth/user").json["detail"] == START

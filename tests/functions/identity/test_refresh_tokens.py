"""POST /api/auth/refresh."""

import threading

from tests.support.client import Client, Request, sign_up
from tests.support.database import Database


def example(owner: Client) -> Request:
    return Request("POST", "/api/auth/refresh", {"refresh_token": sign_up(owner.transport).account["refresh_token"]})


def refresh(token: str) -> tuple[int, dict[str, str]]:
    answer = Client().post("/api/auth/refresh", {"refresh_token": token})
    return answer.status, answer.json


def test_a_refresh_token_gives_a_new_pair(owner: Client) -> None:
    status, tokens = refresh(owner.account["refresh_token"])
    assert status == 200
    assert tokens.keys() == {"access_token", "refresh_token", "token_type", "expires_in"}
    assert Client(token=tokens["access_token"]).get("/api/auth/user").json["user"] == owner.account["user"]
    assert refresh(tokens["refresh_token"])[0] == 200


def test_reuse_ends_the_whole_family(owner: Client) -> None:
    _, tokens = refresh(owner.account["refresh_token"])
    status, problem = refresh(owner.account["refresh_token"])
    assert (status, problem["type"]) == (401, "/problems/refresh-token-invalid")
    assert refresh(tokens["refresh_token"])[0] == 401
    assert Client(token=tokens["access_token"]).get("/api/auth/user").status == 401


def test_another_session_of_the_user_lives_on(owner: Client) -> None:
    from tests.functions.identity.test_sign_in import example as sign_in

    other = Client().send(sign_in(owner)).json
    refresh(owner.account["refresh_token"])
    refresh(owner.account["refresh_token"])
    assert refresh(other["refresh_token"])[0] == 200


def test_an_unknown_token_ends_nothing(owner: Client) -> None:
    assert refresh("x" * 43)[0] == 401
    assert owner.get("/api/auth/user").status == 200


def test_a_session_that_is_over_gives_no_tokens(owner: Client, database: Database) -> None:
    database.run("update user_sessions set expires_at = created_at where user_id = :id", id=owner.account["user"]["id"])
    assert refresh(owner.account["refresh_token"])[0] == 401


def test_a_token_spent_twice_at_once_is_spent_once(owner: Client, database: Database) -> None:
    from shared.core import clock, db
    from shared.core.call import Actor, Call
    from shared.domains.identity.errors import RefreshTokenInvalid
    from shared.domains.identity.service import sessions

    outcomes: list[bool] = []
    ready = threading.Barrier(8)

    def spend() -> None:
        now = clock.now()
        call = Call(Actor(), now, scope=db.Scope(staff=True, at=now))
        ready.wait()
        try:
            with db.transaction(call.scope) as call.connection:
                sessions.refresh(call, owner.account["refresh_token"])
            outcomes.append(True)
        except RefreshTokenInvalid:
            outcomes.append(False)
        finally:
            db.hang_up()

    threads = [threading.Thread(target=spend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False] * 7 + [True]

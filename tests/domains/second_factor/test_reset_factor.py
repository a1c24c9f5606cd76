"""shared/domains/second_factor: what another admin takes away."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from shared.core import db
from shared.core.call import Actor, Call
from shared.domains.second_factor import public as second_factor
from tests.support import admins, factors
from tests.support.client import Client
from tests.support.database import Database


def reset(client: Client, tenant_id: UUID | None) -> None:
    who = client.account["user" if tenant_id else "admin"]
    holder = second_factor.Holder(UUID(who["id"]), tenant_id, who["email"], who["full_name"])
    call = Call(Actor(), datetime.now(UTC), scope=db.Scope(staff=True))
    with db.transaction(call.scope) as call.connection:
        second_factor.reset_factor(call, holder)


def done(database: Database, who: str) -> list[object]:
    return [row[0] for row in database.run(
        "select action from two_factor_logs where holder_id = :id order by at desc, id desc limit 1", id=who
    )]  # fmt: skip


def mailed(database: Database, client: Client) -> list[list[object]]:
    return database.run(
        "select count(*) from outbox where event->>'template' = 'SECOND_FACTOR_RESET' and event->>'to' = :to",
        to=factors.address(client),
    )


def test_a_user_then_signs_in_with_his_password(owner: Client, database: Database) -> None:
    app = factors.enable(owner)
    token = factors.challenge(owner)
    reset(owner, UUID(owner.account["tenant"]["id"]))
    assert factors.verify(owner, token, app.code()).json["type"] == "/problems/challenge-over"
    assert "access_token" in factors.sign_in(owner).json
    assert (done(database, factors.user_id(owner)), mailed(database, owner)) == (["reset"], [[1]])


def test_so_does_an_admin_whose_factor_is_blocked(admin: Client, database: Database) -> None:
    factors.enable_of_admin(admin)
    database.run("update two_factor_auth set blocked_at = created_at where holder_id = :id", id=factors.admin_id(admin))
    reset(admin, None)
    assert "access_token" in admins.log_in(admin).json
    assert (done(database, factors.admin_id(admin)), mailed(database, admin)) == (["reset"], [[1]])


def test_who_has_none_has_none_to_lose(owner: Client) -> None:
    with pytest.raises(second_factor.FactorNotEnabled):
        reset(owner, UUID(owner.account["tenant"]["id"]))

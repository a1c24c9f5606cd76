"""POST /api/coupons/redemptions/{redemption_id}/release."""

import uuid

import pytest

from tests.functions.coupons.campaigns import add_coupon, behind, let_lapse, redeem, redeemed, release, uses
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database
from tests.support.examples import member

OWN = True  # the caller's own reservation, if he may make one


def example(caller: Client) -> Request:
    user = caller if "user" in caller.account else sign_up(caller.transport)
    made = redeem(user, add_coupon(behind(user)))
    id = made.json["redemption_id"] if made.status == 201 else uuid.uuid4()
    return Request("POST", f"/api/coupons/redemptions/{id}/release")


@pytest.mark.parametrize("hot", [False, True])
def test_the_use_is_free_again(owner: Client, database: Database, hot: bool) -> None:
    code = add_coupon(database, max_uses=1, hot=hot)
    answer = release(owner, redeemed(owner, code))
    assert (answer.status, answer.json["state"]) == (200, "released")
    assert uses(database, code) == {"counted": 0, "held": 0, "recorded": 0}
    redeemed(sign_up(), code)


def test_what_is_over_is_not_released(owner: Client, database: Database) -> None:
    code = add_coupon(database)
    released, lapsed = redeemed(owner, code), redeemed(owner, code)
    assert release(owner, released).status == 200
    let_lapse(database, lapsed)
    for redemption_id, state in ((released, "released"), (lapsed, "lapsed")):
        refused = release(owner, redemption_id)
        assert (refused.status, refused.json["type"]) == (409, "/problems/redemption-over")
        assert refused.json["state"] == state
    assert uses(database, code)["counted"] == 1, "the lapsed one stays until somebody wants it"


def test_it_is_for_the_tenant_that_reserved_it(owner: Client, database: Database) -> None:
    code = add_coupon(database)
    redemption_id = redeemed(owner, code)
    assert release(sign_up(), redemption_id).status == 404
    assert release(owner, str(uuid.uuid4())).status == 404
    assert uses(database, code) == {"counted": 1, "held": 1, "recorded": 1}


def test_who_does_not_run_the_tenant_releases_his_own_alone(owner: Client, database: Database) -> None:
    code, staff = add_coupon(database), member(owner, "staff", database)
    owners, own = redeemed(owner, code), redeemed(staff, code)
    assert release(staff, owners).status == 404
    assert release(staff, own).status == 200
    assert release(owner, redeemed(staff, code)).status == 200

"""POST /api/coupons/redemptions/{redemption_id}/consume."""

import uuid

import pytest

from tests.functions.coupons.campaigns import add_coupon, behind, consume, let_lapse, redeem, redeemed, release, uses
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database


def example(admin: Client) -> Request:
    redemption_id = redeemed(sign_up(admin.transport), add_coupon(behind(admin)))
    return Request("POST", f"/api/coupons/redemptions/{redemption_id}/consume")


@pytest.mark.parametrize("hot", [False, True])
def test_the_use_stays_taken(owner: Client, admin: Client, database: Database, hot: bool) -> None:
    code = add_coupon(database, max_uses=1, hot=hot)
    redemption_id = redeemed(owner, code)
    answer = consume(admin, redemption_id)
    assert (answer.status, answer.json["state"]) == (200, "consumed")
    let_lapse(database, redemption_id)
    assert redeem(sign_up(), code).status == 409
    assert uses(database, code) == {"counted": 1, "held": 1, "recorded": 1}


def test_what_has_lapsed_is_no_longer_consumed(owner: Client, admin: Client, database: Database) -> None:
    code = add_coupon(database, max_uses=1)
    redemption_id = redeemed(owner, code)
    let_lapse(database, redemption_id)
    refused = consume(admin, redemption_id)
    assert (refused.status, refused.json["type"], refused.json["state"]) == (409, "/problems/redemption-over", "lapsed")
    redeemed(sign_up(), code)
    assert consume(admin, redemption_id).status == 409, "another has it now"


def test_what_is_over_is_not_consumed(owner: Client, admin: Client, database: Database) -> None:
    code = add_coupon(database)
    consumed, released = redeemed(owner, code), redeemed(owner, code)
    assert consume(admin, consumed).status == 200
    assert release(admin, released).status == 200, "an admin may do that too"
    for redemption_id, state in ((consumed, "consumed"), (released, "released")):
        for change in (consume, release):
            refused = change(admin, redemption_id)
            assert (refused.status, refused.json["state"]) == (409, state)
    assert consume(admin, str(uuid.uuid4())).status == 404
    assert uses(database, code) == {"counted": 1, "held": 1, "recorded": 1}

"""Redemptions as other code makes them: killed before its commit, in a transaction of billing, without the right."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID

import pytest

from shared.core import db
from shared.core.call import Actor, Call
from shared.domains.coupons import public
from tests.functions.coupons.campaigns import add_coupon, consume, let_lapse, purchase, redeem, redeemed, uses
from tests.support.client import Client, sign_up
from tests.support.database import Database
from tools.functions import ROOT

CONSUMER = """
import sys
from datetime import UTC, datetime
from uuid import UUID
from shared.core import db
from shared.core.call import Actor, Call
from shared.domains.coupons import public
call = Call(Actor(tenant_id=UUID(sys.argv[2])), datetime.now(UTC))
with db.transaction(db.Scope(UUID(sys.argv[2]))) as call.connection:
    print(public.consume(call, UUID(sys.argv[1])).state, flush=True)
    sys.stdin.read()
"""


def test_who_is_killed_before_the_commit_has_not_consumed(owner: Client, admin: Client, database: Database) -> None:
    code, tenant = add_coupon(database, max_uses=1), owner.account["tenant"]["id"]
    redemption_id = redeemed(owner, code)
    with subprocess.Popen(
        [sys.executable, "-c", CONSUMER, redemption_id, tenant], cwd=ROOT, env=os.environ, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as consumer:  # fmt: skip
        assert consumer.stdout
        assert consumer.stdout.readline() == "consumed\n"
        consumer.send_signal(signal.SIGKILL)
    assert database.run("select state from coupon_usages where id = :id", id=redemption_id) == [["reserved"]]
    other = sign_up()
    assert redeem(other, code).status == 409
    let_lapse(database, redemption_id)
    redeemed(other, code)
    assert consume(admin, redemption_id).json["state"] == "lapsed"
    assert uses(database, code)["counted"] == 1


@contextmanager
def billing(owner: Client) -> Iterator[Call]:
    """A transaction of another domain's, on behalf of the owner."""
    user, tenant = UUID(owner.account["user"]["id"]), UUID(owner.account["tenant"]["id"])
    call = Call(Actor(user, tenant, role="owner"), datetime.now(UTC))
    with db.transaction(db.Scope(tenant)) as call.connection:
        yield call


@pytest.mark.parametrize("hot", [False, True])
def test_billing_reserves_consumes_and_gives_back(owner: Client, database: Database, hot: bool) -> None:
    code = add_coupon(database, max_uses=1, hot=hot)
    given = public.RedemptionIn.model_validate(purchase(code))
    with billing(owner) as call:
        made = public.reserve(call, given)
        assert public.consume(call, made.redemption_id).state == "consumed"
    assert uses(database, code) == {"counted": 1, "held": 1, "recorded": 1}
    with billing(owner) as call:
        with pytest.raises(public.RedemptionOver):
            public.release(call, made.redemption_id)
        assert public.give_back(call, made.redemption_id).state == "given_back"
    assert uses(database, code) == {"counted": 0, "held": 0, "recorded": 0}
    with billing(owner) as call, pytest.raises(public.RedemptionOver):
        public.give_back(call, made.redemption_id)
    with billing(owner) as call:
        assert public.release(call, public.reserve(call, given).redemption_id).state == "released"
    assert uses(database, code) == {"counted": 0, "held": 0, "recorded": 0}


@pytest.mark.parametrize("hot", [False, True])
def test_what_billing_takes_goes_with_its_transaction(owner: Client, database: Database, hot: bool) -> None:
    code = add_coupon(database, max_uses=1, hot=hot)
    with pytest.raises(ZeroDivisionError), billing(owner) as call:
        public.reserve(call, public.RedemptionIn.model_validate(purchase(code)))
        raise ZeroDivisionError
    assert uses(database, code) == {"counted": 0, "held": 0, "recorded": 0}


@pytest.mark.parametrize("hot", [False, True])
def test_who_is_late_for_the_last_use_has_done_nothing(owner: Client, database: Database, hot: bool) -> None:
    code, faster = add_coupon(database, max_uses=1, hot=hot), sign_up()
    with pytest.raises(db.DatabaseError) as failure, billing(owner) as call:
        made = public.reserve(call, public.RedemptionIn.model_validate(purchase(code)))
        with ThreadPoolExecutor(1) as another:
            another.submit(redeemed, faster, code).result()
            another.submit(db.hang_up).result()
    assert isinstance(call.refusals[str(db.violated(failure.value))], public.CouponRefused)
    assert uses(database, code) == {"counted": 1, "held": 1, "recorded": 1}
    assert database.run("select from coupon_usages where id = :id", id=made.redemption_id) == []


@pytest.mark.parametrize("hot", [False, True])
def test_billing_goes_on_after_a_refusal_which_left_nothing(owner: Client, database: Database, hot: bool) -> None:
    """Also where what had lapsed was taken away on the way to it."""
    code, other = add_coupon(database, max_uses=2, hot=hot, max_uses_per_user=1), add_coupon(database)
    let_lapse(database, redeemed(sign_up(), code))
    redeemed(owner, code)
    with billing(owner) as call:
        with pytest.raises(public.CouponRefused):
            public.reserve(call, public.RedemptionIn.model_validate(purchase(code)))
        public.reserve(call, public.RedemptionIn.model_validate(purchase(other)))
    assert uses(database, code)["counted"] == uses(database, code)["held"]
    assert uses(database, other) == {"counted": 1, "held": 1, "recorded": 1}
    redeemed(sign_up(), code)


@pytest.mark.parametrize(
    "change",
    [
        "update coupons set max_uses = 1000000",
        "update coupons set status = 'active'",
        "insert into coupons select * from coupons",
        "insert into coupon_slots select coupon_id, number + 1000, null from coupon_slots",
        "delete from coupon_slots",
        "delete from coupons",
    ],
)
def test_users_functions_neither_make_nor_change_coupons(owner: Client, change: str) -> None:
    with pytest.raises(db.DatabaseError) as refused, billing(owner) as call:
        call.connection.execute(change)
    assert db.sqlstate(refused.value) == "42501"

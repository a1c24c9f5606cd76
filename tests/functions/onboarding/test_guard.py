"""What a company may not do before it is approved, where approval is by hand: whatever operation says `approved`."""

import os
from datetime import UTC, datetime

import pytest

from shared.core import tokens
from shared.core.tokens import AccessClaims
from tests.functions.members.people import accept, invite, path, sign_in, verified
from tests.functions.onboarding.companies import REASON, approved, ready, rejected, submitted
from tests.functions.pricing.test_price_box import BOX
from tests.support.client import Answer, Client, sign_up
from tests.support.database import Database
from tests.support.examples import Operation, key, operations

CLOSED = [op for op in operations() if op.api.approved]
BESIDES_QUOTES = {
    "pricing/list_remembered_rates",
    "pricing/price_box",
    "pricing/price_boxes",
    "pricing/save_remembered_rates",
}


def marks(client: Client) -> str:
    found = tokens.verify(str(client.token), os.environ["VERIFYING_KEY"], datetime.now(UTC))
    assert isinstance(found, AccessClaims)
    return found.marks


def priced(client: Client) -> Answer:
    return client.post("/api/pricing/box", BOX)


def refusal(answer: Answer) -> tuple[int, str, str]:
    return answer.status, answer.json["type"].removeprefix("/problems/"), answer.json["code"]


def stand(database: Database, owner: Client, verification: str) -> None:
    tenant = owner.account["tenant"]["id"]
    database.run("update tenants set verification = :now where id = :id", now=verification, id=tenant)


def test_quotes_parties_rates_and_the_calculator_are_closed_and_nothing_else() -> None:
    assert {repr(op) for op in CLOSED if op.function.domain != "quotes"} == BESIDES_QUOTES
    assert {op for op in operations() if op.function.domain == "quotes"} <= set(CLOSED)


@pytest.mark.parametrize("op", CLOSED, ids=repr)
def test_it_opens_with_the_approval_and_the_tokens_there_are(
    op: Operation, owner: Client, by_hand: None, database: Database
) -> None:
    request = op.example(owner)
    stand(database, owner, "pending")
    caller = sign_in(owner)
    assert refusal(caller.send(request)) == (403, "verification-pending", "VERIFICATION_PENDING")
    stand(database, owner, "approved")
    assert caller.send(request).status == op.api.route.status


def test_the_refusal_says_how_far_the_company_is(by_hand: None, admin: Client) -> None:
    owner = sign_up()
    assert refusal(priced(owner)) == (403, "onboarding-incomplete", "ONBOARDING_INCOMPLETE")
    assert refusal(priced(submitted(owner))) == (403, "verification-pending", "VERIFICATION_PENDING")
    assert refusal(priced(rejected(admin, owner))) == (403, "verification-rejected", "VERIFICATION_REJECTED")
    assert owner.get("/api/onboarding/status").json["reason"] == REASON
    assert owner.post("/api/onboarding/submit").status == 200
    assert priced(approved(admin, owner)).status == 200


def test_what_setting_up_takes_is_open(by_hand: None) -> None:
    owner = sign_up()
    for open_ in ("/api/tenant", "/api/pricing/paper-bf-prices", "/api/pricing/rules", "/api/settings/fluting"):
        assert owner.get(open_).status == 200, open_


def test_while_companies_are_approved_at_once_nobody_is_refused(owner: Client) -> None:
    assert priced(sign_in(ready(owner))).status == 200


def test_an_api_key_may_no_more_than_its_company(owner: Client, by_hand: None, database: Database) -> None:
    stand(database, owner, "not_submitted")
    assert refusal(priced(key(owner, "pricing:read"))) == (403, "onboarding-incomplete", "ONBOARDING_INCOMPLETE")
    stand(database, owner, "approved")
    assert priced(key(owner, "pricing:read")).status == 200


def test_the_token_of_an_approved_company_asks_nothing(owner: Client, database: Database) -> None:
    assert marks(sign_in(owner)) == ""
    stand(database, owner, "pending")
    assert marks(sign_in(owner)) == "unapproved"


def test_a_refreshed_token_says_how_the_company_stands_by_then(owner: Client, database: Database) -> None:
    for verification, marked in (("pending", "unapproved"), ("approved", "")):
        stand(database, owner, verification)
        again = Client().post("/api/auth/refresh", {"refresh_token": owner.account["refresh_token"]})
        owner = Client(token=again.json["access_token"], account=owner.account | again.json)
        assert marks(owner) == marked


def test_who_joins_a_company_that_waits_waits_with_it(owner: Client, by_hand: None, database: Database) -> None:
    stand(database, owner, "pending")
    newcomer = verified(sign_up())
    joined = accept(newcomer, invite(owner, newcomer.account["user"]["email"]))
    assert refusal(priced(joined)) == (403, "verification-pending", "VERIFICATION_PENDING")


def test_who_leaves_an_approved_company_starts_anew(owner: Client, by_hand: None, database: Database) -> None:
    newcomer = verified(sign_up())
    joined = accept(newcomer, invite(owner, newcomer.account["user"]["email"]))
    assert priced(joined).status == 200
    assert owner.delete(path(joined)).status == 204
    assert refusal(priced(sign_in(joined))) == (403, "onboarding-incomplete", "ONBOARDING_INCOMPLETE")


def test_looking_costs_no_round_trip(owner: Client, by_hand: None, database: Database) -> None:
    stand(database, owner, "pending")
    caller = sign_in(owner)
    for verification in ("pending", "approved"):
        stand(database, owner, verification)
        before = database.proxy.round_trips
        priced(caller)
        assert database.proxy.round_trips - before == 1

"""A hundred quotes at once: every caller has a connection of his own, and no number is given twice."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import UUID

import pytest

from shared.core import db
from shared.core.call import Actor, Call
from shared.domains.quotes import queries
from shared.domains.quotes.rows import NewQuoteRow
from shared.domains.quotes.schemas.quotes import QuoteIn
from shared.domains.quotes.service import quotes
from tests.functions.quotes.boxes import add_party, box
from tests.support.client import Client

CALLERS = 100
TAKEN = "quotes_tenant_id_quote_no_key"  # the constraint that a number given twice runs into


def create(owner: Client, party_id: str, together: threading.Barrier) -> str:
    """What became of one caller's quote: its number, or the constraint it ran into."""
    given = QuoteIn.model_validate({"party_id": party_id, "items": [box()]})
    actor = Actor(UUID(owner.account["user"]["id"]), UUID(owner.account["tenant"]["id"]), role="owner")
    call = Call(actor, datetime.now(UTC))
    together.wait()
    try:
        with db.transaction(db.Scope(actor.tenant_id)) as call.connection:
            call.connection.execute("set local lock_timeout = '60s'")  # a hundred in line on a slow machine
            return quotes.create_quote(call, given).quote_no
    except db.DatabaseError as error:
        return str(db.violated(error))
    finally:
        db.connected().close()


def race(owner: Client) -> list[str]:
    party_id, together = add_party(owner), threading.Barrier(CALLERS, timeout=60)
    with ThreadPoolExecutor(CALLERS) as callers:
        return sorted(callers.map(lambda _: create(owner, party_id, together), range(CALLERS)))


def test_a_hundred_parallel_quotes_get_a_hundred_following_numbers(owner: Client) -> None:
    numbers = race(owner)
    assert [number.rpartition("-")[2] for number in numbers] == [f"{count:03d}" for count in range(1, 101)]
    listed = owner.get("/api/quotes", limit=100).json["items"]
    assert sorted(quote["quote_no"] for quote in listed) == numbers


def test_the_race_catches_a_number_that_is_read_before_it_is_written(
    owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: look how many quotes there are, then take the number after."""
    everybody_has_read = threading.Barrier(CALLERS, timeout=60)

    def read_then_write(call: Call, party_id: UUID) -> NewQuoteRow:
        counted = call.connection.execute("select count(*) from quotes").rows[0][0]
        everybody_has_read.wait()
        place = queries.number_quote(call.connection, tenant=call.tenant_id, party=party_id, now=call.now)
        assert place is not None
        return place._replace(number=counted + 1)

    monkeypatch.setattr(quotes, "take_number", read_then_write)
    assert race(owner).count(TAKEN) == CALLERS - 1

"""Round trips to the database, counted on each successful call: a read 1, a write 2, none over 3."""

import pytest

from tests.support.client import Client, Request
from tests.support.database import Database
from tests.support.examples import Operation, operations

ALL = operations()


@pytest.mark.parametrize("op", ALL, ids=repr)
def test_round_trips(op: Operation, owner: Client, database: Database) -> None:
    assert op.round_trips <= 3
    keys = ({}, {"idempotency-key": "counted"}) if op.api.takes_key else ({},)
    for headers in keys:
        plain = op.example(owner)
        request = Request(plain.method, plain.path, plain.json, plain.body, plain.content_type, headers)
        before = database.proxy.round_trips
        answer = owner.send(request)
        counted = database.proxy.round_trips - before
        assert answer.status == op.api.route.status, answer.body
        assert counted <= op.round_trips, f"{op} took {counted}"
        if op.ends_session:
            return

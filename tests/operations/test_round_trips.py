"""Round trips to the database, counted on each successful call: a read 1, a write 2, none over 3."""

from dataclasses import replace

import pytest

from tests.support.database import Database
from tests.support.examples import Operation, new_caller, operations

ALL = operations()


@pytest.mark.parametrize("op", ALL, ids=repr)
def test_round_trips(op: Operation, database: Database) -> None:
    assert op.round_trips <= 3
    caller = new_caller(op, database)
    keys = ({}, {"idempotency-key": "counted"}) if op.api.takes_key else ({},)
    for headers in keys:
        plain = op.example(caller)
        request = replace(plain, headers={**plain.headers, **headers})
        before = database.proxy.round_trips
        answer = caller.send(request)
        counted = database.proxy.round_trips - before
        assert answer.status == op.api.route.status, answer.body
        assert counted <= op.round_trips, f"{op} took {counted}"
        if op.ends_session:
            return

"""GET /health/db."""

import pytest

from shared.core import db
from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    return Request("GET", "/health/db")


def test_it_answers_when_the_database_does(nobody: Client) -> None:
    answer = nobody.send(example(nobody))
    assert (answer.status, answer.json) == (200, {"status": "ok"})


def test_it_says_503_when_the_database_is_away(nobody: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nowhere")
    db.hang_up()
    answer = nobody.send(example(nobody))
    assert answer.status == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["retry-after"]
    monkeypatch.undo()
    assert nobody.send(example(nobody)).status == 200

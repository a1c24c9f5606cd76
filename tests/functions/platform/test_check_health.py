"""GET /health."""

import pytest

from tests.support.client import Client, Request


def example(owner: Client) -> Request:
    return Request("GET", "/health")


def test_it_answers_without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nowhere")
    answer = Client().send(Request("GET", "/health"))
    assert (answer.status, answer.json) == (200, {"status": "ok"})

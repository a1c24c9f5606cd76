"""DELETE /api/quotes/{quote_id}."""

import pytest

from tests.functions.quotes.boxes import add_quote
from tests.support import clocks
from tests.support.client import Client, Request
from tests.support.database import Database


def example(owner: Client) -> Request:
    return Request("DELETE", f"/api/quotes/{add_quote(owner)['id']}")


def test_a_deleted_quote_is_not_found_any_more_but_kept(owner: Client, database: Database) -> None:
    request = example(owner)
    answer = owner.send(request)
    assert (answer.status, answer.body) == (204, b"")
    for path in (request.path, f"{request.path}/versions", f"{request.path}/pdf"):
        assert owner.get(path).status == 404
    assert owner.send(request).status == 404
    assert owner.get("/api/quotes").json["items"] == []
    id = request.path.rpartition("/")[2]
    assert database.run("select count(*) from quote_versions where quote_id = :id", id=id) == [[1]]


def test_its_number_is_not_given_again(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    clocks.stop(monkeypatch)
    owner.send(example(owner))
    assert add_quote(owner)["quote_no"].endswith("-002")

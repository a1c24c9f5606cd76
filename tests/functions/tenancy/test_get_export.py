"""GET /api/tenant/export/{export_id}."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from tests.functions.tenancy.archives import Shelf, exported, opened, store
from tests.support.client import Client, Request
from tests.support.database import Database


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    with store() as found:
        yield found


def example(owner: Client) -> Request:
    return Request("GET", f"/api/tenant/export/{owner.post('/api/tenant/export').json['id']}")


def test_before_it_is_built_it_is_queued(owner: Client) -> None:
    answer = owner.send(example(owner)).json
    assert answer["status"] == "queued"
    assert answer["size"] is answer["download_url"] is answer["expires_at"] is None


@pytest.mark.usefixtures("shelf")
def test_once_built_a_link_without_a_token_gives_the_archive(owner: Client) -> None:
    id_ = exported(owner)
    answer = owner.get(f"/api/tenant/export/{id_}").json
    assert answer["status"] == "ready"
    remaining = datetime.fromisoformat(answer["expires_at"]) - datetime.now().astimezone()
    assert timedelta(minutes=14) < remaining <= timedelta(minutes=15)
    assert "X-Amz-Expires=900" in answer["download_url"]
    with opened(answer["download_url"]) as archive:
        assert archive.testzip() is None
        assert answer["size"] > 1000


@pytest.mark.usefixtures("shelf")
def test_after_seven_days_it_is_gone(owner: Client, database: Database) -> None:
    id_ = exported(owner)
    database.run("update tenant_exports set ready_at = ready_at - interval '7 days' where id = :id", id=id_)
    answer = owner.get(f"/api/tenant/export/{id_}")
    assert (answer.status, answer.json["type"]) == (410, "/problems/export-expired")


def test_one_that_nobody_built_within_three_hours_has_failed(owner: Client, database: Database) -> None:
    request = example(owner)
    database.run("update tenant_exports set created_at = created_at - interval '3 hours'")
    assert owner.send(request).json["status"] == "failed"

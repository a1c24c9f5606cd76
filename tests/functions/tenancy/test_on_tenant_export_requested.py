"""functions/tenancy/on_tenant_export_requested.py: the archive holds the tenant's rows, all of them, and no secret."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from shared.domains.tenancy.service import exporting
from tests.functions.tenancy.archives import Shelf, deliver, exported, opened, store
from tests.support.client import PASSWORD, Client, sign_up
from tests.support.database import Database


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    with store() as found:
        yield found


def archive_of(owner: Client) -> dict[str, list[dict[str, Any]]]:
    """Its tables, and the manifest as the only row of `manifest`."""
    found = owner.get(f"/api/tenant/export/{exported(owner)}").json
    with opened(found["download_url"]) as archive:
        tables = {name: archive.read(name).decode() for name in archive.namelist()}
    manifest = json.loads(tables.pop("manifest.json"))
    rows = {
        name.removesuffix(".jsonl"): [json.loads(line) for line in text.splitlines()] for name, text in tables.items()
    }
    return rows | {"manifest": [manifest]}


def test_the_archive_holds_what_the_tenant_has(owner: Client, shelf: Shelf, database: Database) -> None:
    sign_up(company="Somebody else")
    names = [f"Meena {number}" for number in range(3)]
    for name in names:
        assert owner.post("/api/parties", {"person_name": name}).status == 201
    found = archive_of(owner)
    [tenant] = found["tenants"]
    assert tenant["id"] == owner.account["tenant"]["id"]
    assert [user["email"] for user in found["users"]] == [owner.account["user"]["email"]]
    assert sorted(party["person_name"] for party in found["party_profiles"]) == names
    [manifest] = found["manifest"]
    assert manifest["rows"] == {table: len(rows) for table, rows in found.items() if table != "manifest"}
    for table, count in manifest["rows"].items():
        of_tenant = {"tenants": "id = :id", "users": "id in (select user_id from tenant_users where tenant_id = :id)"}
        where = of_tenant.get(table, "tenant_id = :id")
        there = f"select count(*) from {table} where {where}"
        assert database.run(there, id=tenant["id"]) == [[count]], table


def test_amounts_keep_every_place(owner: Client, shelf: Shelf) -> None:
    owner.post("/api/pricing/paper-bf-prices", {"bf": 24, "base_price": "41.123456789012"})
    opened_ = archive_of(owner)["paper_bf_prices"]
    assert 41.123456789012 in [row["base_price"] for row in opened_]


def test_pages_are_put_together(owner: Client, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "PAGE", 2)
    whole = archive_of(owner)
    assert whole["manifest"][0]["rows"]["paper_bf_prices"] > 2
    for table, rows in whole.items():
        assert len({json.dumps(row) for row in rows}) == len(rows), table


def test_no_secret_is_in_it(owner: Client, shelf: Shelf, database: Database) -> None:
    hashed = database.run("select password_hash from users where id = :id", id=owner.account["user"]["id"])[0][0]
    text = json.dumps(archive_of(owner))
    for secret in (str(hashed), PASSWORD, owner.account["refresh_token"], "digest", "password_hash"):
        assert secret not in text


def test_the_same_rows_make_the_same_bytes(owner: Client, shelf: Shelf, database: Database) -> None:
    id_ = owner.post("/api/tenant/export").json["id"]
    tenant, written = owner.account["tenant"]["id"], []
    for _ in range(2):
        assert deliver("on_tenant_export_requested", tenant, {"export_id": id_}) == []
        written.append(shelf.content(f"{tenant}/{id_}.zip"))
        database.run("update tenant_exports set ready_at = null where id = :id", id=id_)  # as if it had died there
    assert written[0] == written[1]


def test_a_repeated_message_makes_one_archive_and_one_mail(owner: Client, shelf: Shelf, database: Database) -> None:
    id_, tenant = owner.post("/api/tenant/export").json["id"], owner.account["tenant"]["id"]
    event_id = str(uuid4())
    for again in (event_id, event_id, str(uuid4())):
        deliver("on_tenant_export_requested", tenant, {"export_id": id_}, again)
    assert shelf.keys == [f"{tenant}/{id_}.zip"]
    mails = "select event from outbox where tenant_id = :id and event ->> 'template' = 'EXPORT_READY'"
    [[mail]] = database.run(mails, id=tenant)
    assert mail["to"] == owner.account["user"]["email"]  # type: ignore[index]
    assert mail["values"]["link"].endswith(f"/tenant/exports/{id_}")  # type: ignore[index]


def test_a_store_that_is_away_means_again(owner: Client, shelf: Shelf) -> None:
    id_, tenant = owner.post("/api/tenant/export").json["id"], owner.account["tenant"]["id"]
    shelf.s3.delete_bucket(Bucket=shelf.bucket)
    assert deliver("on_tenant_export_requested", tenant, {"export_id": id_}) == [{"itemIdentifier": "one"}]
    assert owner.get(f"/api/tenant/export/{id_}").json["status"] == "queued"
    shelf.make()
    assert deliver("on_tenant_export_requested", tenant, {"export_id": id_}) == []
    assert owner.get(f"/api/tenant/export/{id_}").json["status"] == "ready"

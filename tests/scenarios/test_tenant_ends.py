"""A tenant takes its data along, closes, and is gone after thirty days: over HTTP, through queues, storage and jobs."""

import json
import re
import subprocess
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.functions.tenancy.test_job_erase_tenants import OUTLIVES, left
from tests.support import client
from tests.support.client import PASSWORD, Client
from tests.support.stack import Stack

DAY = 86400


def comes_to_hold(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 20
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
    return condition()


def downloaded(stack: Stack, owner: Client, folder: Path) -> dict[str, int]:
    """The rows that the archive counts, fetched by curl as a browser would: without any token."""
    asked = owner.post("/api/tenant/export")
    assert (asked.status, asked.json["status"]) == (202, "queued")
    path = f"/api/tenant/export/{asked.json['id']}"
    assert comes_to_hold(lambda: owner.get(path).json["status"] == "ready")
    file, answer = folder / "archive.zip", owner.get(path).json
    subprocess.run(["curl", "-fsS", "-o", file, answer["download_url"]], check=True, timeout=20)
    assert file.stat().st_size == answer["size"]
    with zipfile.ZipFile(file) as archive:
        counts: dict[str, int] = json.loads(archive.read("manifest.json"))["rows"]
        assert all(archive.read(f"{table}.jsonl").count(b"\n") == count for table, count in counts.items())
    stack.control("/drain")
    [mail] = [mail for mail in stack.mails(owner.account["user"]["email"]) if "download" in mail["subject"]]
    assert "X-Amz" not in str(mail), "the signed link is not mailed"
    return counts


def test_the_mailed_link_reopens_what_was_closed(stack: Stack) -> None:
    owner = client.sign_up(stack.transport)
    assert owner.delete("/api/tenant").status == 204
    stack.control("/drain")
    given = {"email": owner.account["user"]["email"], "password": PASSWORD}
    [mail] = [mail for mail in stack.mails(given["email"]) if "is closed" in mail["subject"]]
    [token] = re.findall(r"/reopen-tenant\?token=([\w-]+)", str(mail))
    assert Client(stack.transport).post("/api/tenant/reopen", {"token": token}).status == 204
    assert Client(stack.transport).post("/api/auth/signin", given).status == 200


def test_a_tenant_exports_closes_and_is_erased(stack: Stack, tmp_path: Path) -> None:
    owner, other = client.sign_up(stack.transport), client.sign_up(stack.transport)
    for each in (owner, other):
        assert each.post("/api/parties", {"person_name": "Meena Patel"}).status == 201
    assert downloaded(stack, owner, tmp_path)["party_profiles"] == 1
    tenant = owner.account["tenant"]["id"]

    def stored() -> bool:
        return any(tenant in file.name for file in (stack.home / "objects").rglob("*.zip"))

    assert comes_to_hold(stored), "a restart of the stack would bring the archive back"
    assert owner.delete("/api/tenant").status == 204
    assert owner.get("/api/auth/user").status == 401
    given = {"email": owner.account["user"]["email"], "password": PASSWORD}
    assert Client(stack.transport).post("/api/auth/signin", given).json["type"] == "/problems/tenant-closed"
    stack.control("/drain")
    assert any("is closed" in mail["subject"] for mail in stack.mails(given["email"]))
    before = left(stack.database, other.account)
    stack.settle()
    try:
        stack.control("/clock", {"advance_seconds": 31 * DAY})

        def erased() -> bool:
            stack.control("/jobs/tenancy/erase_tenants")
            return set(left(stack.database, owner.account)) <= set(OUTLIVES)

        assert comes_to_hold(erased), "jobs that the moved clock has started may hold a row meanwhile"
        stack.control("/drain")
        assert comes_to_hold(lambda: not stored())
        assert left(stack.database, other.account)["party_profiles"] == before["party_profiles"]
    finally:
        stack.control("/clock", {"reset": True})
    given |= {"full_name": "Asha Sharma", "company_name": "Once more"}
    assert Client(stack.transport).post("/api/auth/signup", given).status == 201

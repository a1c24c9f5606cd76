"""POST /api/api-keys."""

from datetime import UTC, datetime
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from shared.core.call import OF_KEYS
from shared.domains.members.schemas import KeyScope
from tests.functions.members.people import join
from tests.support.client import Client, Request
from tests.support.database import Database

KEY = {"name": "shop", "scopes": ["quotes:read", "parties:write", "quotes:read"]}
SOON = datetime(datetime.now(UTC).year + 1, 1, 31, 6, 30, tzinfo=UTC)  # within the ten years that a key may live


def example(owner: Client) -> Request:
    return Request("POST", "/api/api-keys", KEY | {"expires_at": SOON.astimezone(ZoneInfo("Asia/Kolkata")).isoformat()})


def test_the_key_is_shown_once(owner: Client) -> None:
    made = owner.send(example(owner)).json
    assert made["key"].startswith(made["prefix"] + "_")
    assert len(made["key"]) == 56, "256 random bits behind the prefix"
    assert made["scopes"] == ["parties:write", "quotes:read"]
    assert made["expires_at"] == f"{SOON:%FT%TZ}"
    [listed] = owner.get("/api/api-keys").json["items"]
    assert "key" not in listed


def test_a_repeated_key_of_idempotency_makes_another(owner: Client, database: Database) -> None:
    """An answer that holds a secret is not kept to be repeated."""
    first, second = (owner.post("/api/api-keys", KEY, idempotency_key="one").json["key"] for _ in range(2))
    assert first != second
    assert database.run("select 1 from idempotency_keys where body like '%bcp\\_%'") == []


def test_every_scope_that_a_key_may_have_can_be_given() -> None:
    assert set(get_args(KeyScope)) == OF_KEYS


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("scopes", []), ("scopes", ["keys:write"]), ("scopes", ["profile:read"]), ("name", " "),
        ("expires_at", "2020-01-01T00:00:00Z"), ("expires_at", f"{SOON:%FT%T}"), ("expires_at", int(SOON.timestamp())),
        ("expires_at", str(int(SOON.timestamp()))), ("expires_at", "9999-12-31T23:59:59-23:59"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named(owner: Client, field: str, value: object) -> None:
    answer = owner.post("/api/api-keys", KEY | {field: value})
    assert answer.status == 422
    assert answer.json["errors"][0]["pointer"].startswith(f"#/{field}")


def test_an_admin_makes_keys_too(owner: Client) -> None:
    made = join(owner, "admin").post("/api/api-keys", {"name": "all", "scopes": sorted(OF_KEYS)})
    assert made.status == 201

"""Settings: declared ones only, with their defaults; secrets as they stand or looked up once."""

import json
import os
import re
from pathlib import Path

import pytest

from shared.core import db, settings
from tests.support.client import PASSWORD, Client
from tests.support.database import Database

ROOT = Path(__file__).resolve().parents[2]
READ_BY_THE_GATEWAY = {"ALLOWED_ORIGINS", "ENVIRONMENT"}  # CORS and the names of stages are not the functions' business
ARN = "arn:aws:secretsmanager:ap-south-1:123456789012:secret:signing-key"


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ARNs that were looked up; every secret is `{"username": "app", "password": "p"}`."""
    asked: list[str] = []

    def look_up(arn: str) -> str:
        asked.append(arn)
        return '{"username": "app", "password": "p"}'

    settings._looked_up.cache_clear()
    monkeypatch.setattr(settings, "lookup", look_up)
    return asked


def test_a_setting_has_its_value_or_else_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APP_URL", "https://boxes.example")
    assert settings.read("APP_URL") == "https://boxes.example"
    monkeypatch.setenv("APP_URL", "")
    assert settings.read("APP_URL") == "http://127.0.0.1:8000"


def test_a_setting_that_nobody_declared_is_an_error() -> None:
    with pytest.raises(KeyError):
        settings.read("SOMETHING_ELSE")


def test_a_secret_stands_as_it_is(monkeypatch: pytest.MonkeyPatch, looked_up: list[str]) -> None:
    monkeypatch.setenv("SESSION_SECRET", "pepper")
    assert settings.secret("SESSION_SECRET") == "pepper"
    assert looked_up == []


def test_a_secret_behind_an_arn_is_looked_up_once(monkeypatch: pytest.MonkeyPatch, looked_up: list[str]) -> None:
    monkeypatch.setenv("DATABASE_SECRET", ARN)
    for _ in range(2):
        assert settings.credentials("DATABASE_SECRET") == ("app", "p")
    assert looked_up == [ARN]


def test_a_secret_that_is_missing_says_where_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SESSION_SECRET")
    with pytest.raises(LookupError, match=r"docs/settings\.md"):
        settings.secret("SESSION_SECRET")


def test_what_the_product_reads_is_what_is_declared() -> None:
    sources = "\n".join(
        path.read_text("utf-8")
        for folder in ("shared", "functions")
        for path in (ROOT / folder).rglob("*.py")
        if path.name != "settings.py"
    )
    asked = set(re.findall(r'settings\.(?:read|secret|credentials)\(\s*"([A-Z0-9_]+)"', sources))
    asked |= set(re.findall(r'environ(?:\.get\(|\[)\s*"([A-Z0-9_]+)"', sources))
    assert asked | READ_BY_THE_GATEWAY == set(settings.SETTINGS)


def test_a_replaced_password_is_looked_up_again(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first call after the change fails, for the caller to repeat; the next one gets in."""
    passwords = ["of yesterday", "app"]
    monkeypatch.setattr(settings, "lookup", lambda _: json.dumps({"username": "app", "password": passwords.pop(0)}))
    monkeypatch.setenv("DATABASE_SECRET", "arn:aws:secretsmanager:region:account:secret:app")
    db.hang_up()
    refused, taken = Client().get("/health/db"), Client().get("/health/db")
    assert (refused.status, taken.status) == (503, 200)
    settings.forget_secrets()
    db.hang_up()


def test_every_secret_is_looked_up_in_time() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "shared").rglob("*.py"))
    assert set(re.findall(r'settings\.(?:secret|credentials)\(\s*"([A-Z0-9_]+)"', sources)) == set(settings.SECRETS)


def test_nobody_waits_for_a_secret_inside_a_transaction(
    owner: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signing in wants the signing key when it has counted the attempt, and so holds a row that others wait for."""
    kept = {f"{ARN}-{name}": os.environ[name] for name in ("SESSION_SECRET", "SIGNING_KEY")}
    transactions: list[object] = []

    def look_up(arn: str) -> str:
        [[count]] = database.run("select count(*) from pg_stat_activity where state like 'idle in transaction%'")
        transactions.append(count)
        return kept[arn]

    monkeypatch.setattr(settings, "lookup", look_up)
    for name in ("SESSION_SECRET", "SIGNING_KEY"):
        monkeypatch.setenv(name, f"{ARN}-{name}")
    db.hang_up()
    credentials = {"email": owner.account["user"]["email"], "password": PASSWORD}
    assert [Client().post("/api/auth/signin", credentials).status for _ in range(2)] == [200, 200]
    assert transactions == [0, 0]
    settings.forget_secrets()

"""The documentation seen in a real browser, Chromium without a window: what it shows, and that its policy held."""

import html
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.client import Client, over_http
from tests.support.stack import Stack

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--enable-logging=stderr",
    "--virtual-time-budget=120000", "--window-size=1200,80000", "--dump-dom",  # only what would be seen is rendered
)  # fmt: skip


@dataclass(frozen=True)
class Seen:
    text: str  # of the page, without tags, blanks folded
    console: str


def visit(address: str, profile: Path) -> Seen:
    """Open a page, wait until its scripts have nothing left to do, and take what it shows."""
    browser = next(filter(None, map(shutil.which, NAMES)), None)
    if browser is None:
        pytest.skip("no Chromium on this machine: the documentation was not seen in a browser")
    run = subprocess.run(
        [browser, *FLAGS, f"--user-data-dir={profile}", address],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    text = html.unescape(re.sub(r"<script.*?</script>|<style.*?</style>|<[^>]+>", " ", run.stdout, flags=re.S))
    return Seen(folded(text), "\n".join(line for line in run.stderr.splitlines() if "CONSOLE" in line))


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u200b", ""))


@pytest.mark.parametrize("page", ["/docs", "/redoc"])
def test_the_page_shows_every_operation_and_loads_nothing_that_its_policy_forbids(
    stack: Stack, tmp_path: Path, page: str
) -> None:
    document = Client(over_http(stack.base_url)).get("/openapi.json").json
    summaries = [operation["summary"] for methods in document["paths"].values() for operation in methods.values()]
    seen = visit(f"{stack.base_url}{page}", tmp_path)
    assert [summary for summary in summaries if folded(summary) not in seen.text] == []
    assert seen.console == ""


def test_a_broken_policy_would_be_seen(tmp_path: Path) -> None:
    policy = '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'">'
    assert "Content Security Policy" in visit(f"data:text/html,{policy}<script>1</script>", tmp_path).console

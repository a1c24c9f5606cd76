"""The whole product, started once for the tests that call it over HTTP."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from local.children import free_port
from tests.support import mailed
from tests.support.client import Transport, over_http
from tests.support.database import Database
from tools.functions import ROOT

PATIENCE = 120  # s


class Stack:
    """A running `make run`: `json` is what it wrote for its users."""

    def __init__(self, process: subprocess.Popen[bytes], home: Path) -> None:
        self.process, self.home = process, home
        self.json: dict[str, Any] = json.loads((home / "stack.json").read_text())
        self.base_url: str = self.json["base_url"]
        self.transport: Transport = over_http(self.base_url)
        self.database = mailed.behind[self.transport] = Database(self.json["database_url"])

    def control(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """POST to the control server."""
        request = urllib.request.Request(
            self.json["control_url"].rstrip("/") + path, json.dumps(body or {}).encode(), method="POST",
            headers={"content-type": "application/json"},
        )  # fmt: skip
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.loads(answer.read() or b"null")

    def settle(self) -> None:
        """Tickets that other tests left open would all be overdue, and told of, once the clock is moved by days."""
        self.database.run("update support_tickets set sweep_at = null, returns_at = null, closes_at = null")

    def mails(self, to: str) -> list[dict[str, Any]]:
        with urllib.request.urlopen(f"{self.json['mail_url']}?to={to}", timeout=10) as answer:
            found: list[dict[str, Any]] = json.loads(answer.read())
            return found


@contextmanager
def running(home: Path, **environment: str) -> Iterator[Stack]:
    """Start it in a folder of its own on a free port, wait until it is ready, and stop it at the end."""
    environment = {"PORT": str(free_port()), "LOCAL_HOME": str(home), **environment}
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    with (home / "output").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "local.run"], cwd=ROOT, env=inherited | environment, stdin=subprocess.DEVNULL,
            stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
    try:
        deadline = time.monotonic() + PATIENCE
        while not (home / "stack.json").exists():
            if process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the stack did not start:\n{(home / 'output').read_text()[-3000:]}")
            time.sleep(0.05)
        yield Stack(process, home)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)

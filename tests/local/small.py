"""A small project for the local stack: one function of each kind, and what it takes to start and ask it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

REPOSITORY = Path(__file__).parent.parent.parent

JSON = {"content-type": "application/json"}


class Reply(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Stack(NamedTuple):
    """A running `python -m local.run`."""

    process: subprocess.Popen[str]
    root: Path
    home: Path
    facts: dict[str, Any]

    def ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Reply:
        return ask(self.facts["base_url"], method, path, body, headers)

    def control(self, method: str, path: str, body: object = None) -> Reply:
        return ask(self.facts["control_url"], method, path, b"" if body is None else json.dumps(body).encode())

    def write(self, *things: str, nudge: bool = False) -> None:
        assert self.ask("POST", "/write", json.dumps({"things": things, "nudge": nudge}).encode(), JSON).status == 200

    def stop(self, number: int = signal.SIGTERM) -> str:
        """What it printed."""
        self.process.send_signal(number)
        output, _ = self.process.communicate(timeout=20)
        return output


def ask(url: str, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Reply:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        connection.request(method, path, body or None, headers or {})
        answer = connection.getresponse()
        return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()


def write_project(root: Path) -> Path:
    """A copy of tests/local/project."""
    shutil.copytree(Path(__file__).parent / "project", root, dirs_exist_ok=True)
    return root


def start(root: Path, home: Path, port: int, **environment: str) -> Stack:
    """Start a stack and wait until it is ready."""
    (home / "stack.json").unlink(missing_ok=True)
    process = launch(root, home, port, **environment)
    deadline = time.monotonic() + 60
    while not (home / "stack.json").exists():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise AssertionError(process.communicate()[0])
        time.sleep(0.02)
    return Stack(process, root, home, json.loads((home / "stack.json").read_text()))


def launch(root: Path, home: Path, port: int, **environment: str) -> subprocess.Popen[str]:
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    place = {"LOCAL_PROJECT": str(root), "LOCAL_HOME": str(home), "PORT": str(port), "LOCAL_CONCURRENCY": "3"}
    return subprocess.Popen(
        [sys.executable, "-m", "local.run"],
        cwd=REPOSITORY,
        env=inherited | place | environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )

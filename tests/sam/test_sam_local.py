"""The built application under an unmodified `sam local`; its containers are processes of this machine (dockershim)."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.client import new_email
from tests.support.database import Database
from tools.functions import ROOT

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`sam build` as for a release, but for the Python at hand, which is to run it."""
    folder = tmp_path_factory.mktemp("sam") / "build"
    layers = {"LAYER_PYTHON": PYTHON, "LAYER_COMPILER": sys.executable, "RELEASE": "1"}
    _sam("build", "--build-dir", str(folder), "--parallel", environment=layers)
    return folder


@pytest.fixture(scope="module")
def docker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    path = tmp_path_factory.mktemp("docker") / "engine.sock"
    shim = subprocess.Popen([sys.executable, Path(__file__).with_name("dockershim.py"), path])
    _until(path.exists)
    yield {"DOCKER_HOST": f"unix://{path}"}
    shim.terminate()
    shim.wait()


@pytest.fixture(scope="module")
def variables(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What replaces the deployment's parameters: `sam local --env-vars`."""
    path = tmp_path_factory.mktemp("variables") / "variables.json"
    keys = {name: os.environ[name] for name in ("SIGNING_KEY", "VERIFYING_KEY", "SESSION_SECRET")}
    empty = dict.fromkeys(("DATABASE_SECRET", "DATABASE_CA", "OUTBOX_QUEUE_URL"), "")
    path.write_text(json.dumps({"Parameters": {"DATABASE_URL": database.app_url, **keys, **empty}}))
    return path


def test_layers_are_compiled_and_carry_only_what_lambda_needs(built: Path) -> None:
    layers = sorted(folder for folder in built.rglob("*Layer") if (folder / "python").is_dir())
    assert {folder.name for folder in layers} >= {"RuntimeLayer", "SharedLayer", "PdfLayer", "DocsLayer"}
    for layer in layers:
        assert any(layer.rglob("__pycache__/*.pyc")), layer
        assert not list(layer.rglob("*.map")), layer
        flags = {path.read_bytes()[4] for path in layer.rglob("*.pyc")}
        assert flags == {1}, f"{layer}: every .pyc is hash-based and unchecked, or Lambda compiles again"


def test_a_job_runs_under_sam_local_invoke(built: Path, docker: dict[str, str], variables: Path) -> None:
    event = ROOT / "events/platform/job_prune_expired.json"
    answer = _sam(
        "local", "invoke", "Platform/JobPruneExpired", "-e", str(event), *_options(built, variables), environment=docker
    )
    assert json.loads(answer.splitlines()[-1]) == {"done": 0}


def test_a_write_and_a_read_are_served_by_sam_local_start_api(
    built: Path, docker: dict[str, str], variables: Path
) -> None:
    given = {"email": new_email(), "password": "a long enough phrase", "full_name": "Asha", "company_name": "Boxes"}
    with _started_api(_options(built, variables), docker) as port:
        status, account = _call(port, "POST", "/api/auth/signup", given)
        assert status == 201, account
        status, profile = _call(port, "GET", "/api/user-profile", token=account["access_token"])
        assert (status, profile.get("full_name")) == (200, "Asha"), profile
        assert _call(port, "GET", "/api/user-profile", token="not a token")[0] == 401


@contextmanager
def _started_api(options: list[str], environment: Mapping[str, str]) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["sam", "local", "start-api", "--port", str(port), "--warm-containers", "LAZY", *options]
    api = subprocess.Popen(command, cwd=ROOT, env=_environment(environment), stderr=subprocess.PIPE, text=True)
    assert api.stderr
    try:
        assert any(re.search(r"Running on|Press CTRL", line) for line in api.stderr), "sam local start-api has ended"
        yield port
    finally:
        api.terminate()
        api.stderr.read()
        api.wait()
        api.stderr.close()


def _call(port: int, method: str, path: str, body: object = None, token: str | None = None) -> tuple[int, Any]:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request(method, path, json.dumps(body) if body else None, headers)
    answer = connection.getresponse()
    content = json.loads(answer.read())
    connection.close()
    return answer.status, content


def _options(built: Path, variables: Path) -> list[str]:
    return ["-t", str(built / "template.yaml"), "--env-vars", str(variables), "--skip-pull-image"]


def _sam(*arguments: str, environment: Mapping[str, str]) -> str:
    done = subprocess.run(
        ["sam", *arguments], cwd=ROOT, env=_environment(environment), capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    return os.environ | {"SAM_CLI_TELEMETRY": "0", "AWS_DEFAULT_REGION": "us-east-1", **more}


def _until(holds: Any, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)

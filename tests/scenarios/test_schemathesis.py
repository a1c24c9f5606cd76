"""Every operation of the OpenAPI document, called with what schemathesis makes of it: no 5xx, answers as declared."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.client import sign_up
from tests.support.stack import Stack

CONFIG = Path(__file__).with_name("schemathesis.toml")
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")


def run(stack: Stack, folder: Path, *flags: str) -> dict[str, Any]:
    """The report of one run as the owner of a new tenant; fails with what schemathesis printed."""
    report = folder / "report.json"
    owner = sign_up(stack.transport)
    command = [
        SCHEMATHESIS, "--config-file", CONFIG, "run", f"{stack.base_url}/openapi.json", "--no-color",
        "--header", f"Authorization: Bearer {owner.token}", "--report", "json", "--report-json-path", report, *flags,
    ]  # fmt: skip
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(report.read_text())
    assert found["complete"]
    assert found["operations"]["errored"] == found["operations"]["skipped"] == 0
    assert found["operations"]["tested"] == found["operations"]["total"] - 2  # sign_out and close_tenant
    return found


def test_answers_are_as_declared(stack: Stack, tmp_path: Path) -> None:
    report = run(stack, tmp_path, "--phases", "examples,fuzzing", "--max-examples", "10", "--seed", "20261120")
    assert report["test_cases"]["generated"] > 2 * report["operations"]["tested"]


@pytest.mark.soak
def test_answers_stay_as_declared_for_long(stack: Stack, tmp_path: Path) -> None:
    run(stack, tmp_path, "--phases", "examples,coverage,fuzzing,stateful", "--max-examples", "200")

"""`make fire` sends samples to a running stack."""

import os
import subprocess
import sys

from tests.local.small import REPOSITORY, Stack


def fire(stack: Stack, name: str) -> subprocess.CompletedProcess[str]:
    place = {"LOCAL_PROJECT": str(stack.root), "LOCAL_HOME": str(stack.home)}
    command = [sys.executable, "-m", "local.fire", name]
    return subprocess.run(command, cwd=REPOSITORY, env=os.environ | place, capture_output=True, text=True, check=False)


def test_an_endpoint_gets_its_sample_over_http(stack: Stack) -> None:
    printed = fire(stack, "demo/echo").stdout
    assert f"GET {stack.facts['base_url']}/echo/a%20b?x=1\n200 application/json\n" in printed
    assert '"rawPath": "/echo/a b"' in printed
    assert "sample.example.com" not in printed


def test_a_job_gets_its_sample_from_the_control(stack: Stack) -> None:
    printed = fire(stack, "demo/job_count").stdout
    assert "/functions/demo/job_count\n200 application/json" in printed
    assert '"source": "aws.scheduler"' in printed


def test_a_missing_sample_is_named(stack: Stack) -> None:
    refused = fire(stack, "demo/nothing")
    assert (refused.returncode, "events/demo/nothing.json" in refused.stderr) == (1, True)

"""The demo of the support desk, over HTTP, through queues, jobs and mails, while the clock is moved."""

import os
import subprocess
import sys

from tests.support.stack import Stack
from tools.functions import ROOT


def test_the_demo_of_the_support_desk_tells_the_story_and_puts_the_clock_back(stack: Stack) -> None:
    stack.settle()
    ran = subprocess.run(
        [sys.executable, "-m", "tools.demo_support"], cwd=ROOT, env=os.environ | {"LOCAL_HOME": str(stack.home)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    for told in (
        "high by its words",
        "Mon 00:00 – Tue 00:00: 0 minutes (holiday, Founders' Day)",
        "breached, escalated to level 1",
        "waiting_user, paused, due at no time yet",
        "0 minutes (paused, waiting user)",
        "the link works once",
        "closed. Closed: nobody has answered for 3 days.",
        "first response 0%, resolution 100%",
    ):
        assert told in ran.stdout
    assert stack.control("/clock", {"advance_seconds": 0})["offset_seconds"] == 0

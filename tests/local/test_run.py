"""The supervisor: it says what is wrong, leaves nothing behind, and comes back with everything."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from local import children
from tests.local import small
from tests.local.test_queues import log_of

pytestmark = pytest.mark.stack  # each starts stacks of its own


def started_by(stack: small.Stack) -> list[int]:
    """The processes that work for this stack, its workers among them."""
    listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(child): int(parent) for child, parent in map(str.split, listed.splitlines())}
    family = {stack.process.pid}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return sorted(family - {stack.process.pid})


def gone(numbers: list[int]) -> bool:
    return not any(Path(f"/proc/{number}").exists() for number in numbers)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small.write_project(tmp_path)


def test_a_busy_port_is_a_clear_message_and_exit_code_1(project: Path) -> None:
    with socket.create_server((children.LOOPBACK, 0)) as busy:
        port = busy.getsockname()[1]
        process = small.launch(project, project / ".local", port)
        output, _ = process.communicate(timeout=20)
    assert process.returncode == 1
    assert output.count("\n") == 1
    assert f"Port {port} cannot be used" in output
    assert not (project / ".local").exists()


def test_two_stacks_do_not_share_a_home(stack: small.Stack) -> None:
    process = small.launch(stack.root, stack.home, children.free_port())
    output, _ = process.communicate(timeout=20)
    assert (process.returncode, "already" in output) == (1, True)
    assert stack.ask("GET", "/echo").status == 200


def test_a_restart_keeps_rows_sends_again_and_starts_at_real_time(project: Path) -> None:
    home, port = project / "elsewhere", children.free_port()
    first = small.start(project, home, port)
    first.write("handled", "poison")
    first.control("POST", "/drain")
    first.write("unsent")
    first.control("POST", "/clock", {"advance_seconds": 3600})
    family = started_by(first)
    assert len(family) >= 4  # PostgreSQL, AWS double, parent of workers, workers
    output = first.stop(signal.SIGINT)
    assert first.process.returncode == 0
    assert "ready" in output
    assert children.wait_until(lambda: gone(family), seconds=3)
    assert not (home / "stack.json").exists()

    second = small.start(project, home, port)
    try:
        assert "done handled" in log_of(second, "handled")
        second.control("POST", "/drain")
        assert log_of(second, " handled") == ["tried handled", "done handled"]
        assert log_of(second, " poison") == ["tried poison"] * 4  # its dead letter ended with the first stack
        assert log_of(second, " unsent") == ["tried unsent", "done unsent"]
        assert float((home / "clock_offset").read_text()) == 0
    finally:
        second.stop()


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux ends the children of a killed parent")
def test_a_killed_supervisor_leaves_nothing_behind_and_can_start_again(project: Path) -> None:
    home, port = project / ".local", children.free_port()
    first = small.start(project, home, port)
    first.write("kept")
    family = started_by(first)
    first.process.kill()
    first.process.communicate(timeout=10)
    assert children.wait_until(lambda: gone(family), seconds=5)
    second = small.start(project, home, port)
    second.control("POST", "/drain")
    assert "done kept" in log_of(second, " kept")
    second.stop()
    cleaned = subprocess.run(
        [sys.executable, "-m", "local.clean"], cwd=small.REPOSITORY, check=True,
        env=os.environ | {"LOCAL_PROJECT": str(project), "LOCAL_HOME": str(home)},
    )  # fmt: skip
    assert cleaned.returncode == 0
    assert not home.exists()


def test_a_signal_during_the_start_ends_it(project: Path) -> None:
    process = small.launch(project, project / ".local", children.free_port())
    assert process.stdout
    assert "PostgreSQL is up" in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=20)
    assert "stopped" in output
    assert process.returncode == 0

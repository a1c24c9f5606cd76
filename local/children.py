"""Processes of the stack: each ends with its parent, however that ends."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

LOOPBACK = "127.0.0.1"
_PR_SET_PDEATHSIG = 1
_c_library = ctypes.CDLL(None)


def die_with_parent(number: int = signal.SIGKILL) -> None:
    """Linux sends this process `number` when the thread that started it ends, so the thread must be the main one."""
    if sys.platform == "linux":
        _c_library.prctl(_PR_SET_PDEATHSIG, number)


def start(
    command: Sequence[str | Path],
    log: Path,
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    user: int | None = None,
    at_death_of_parent: int = signal.SIGKILL,
) -> subprocess.Popen[bytes]:
    """A child in a session of its own (Ctrl-C is for the supervisor alone) with its output in `log`."""
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=folder,
            env=environment,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
            start_new_session=True,
            preexec_fn=lambda: die_with_parent(at_death_of_parent),  # safe: children are started before threads
        )


def stop(process: subprocess.Popen[bytes], number: int = signal.SIGTERM, patience: float = 3) -> None:
    """Ask, wait, then end the whole process group."""
    with suppress(ProcessLookupError):
        process.send_signal(number)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def wait_until(holds: Callable[[], bool], *, seconds: float, every: float = 0.02) -> bool:
    """Whether the condition came to hold in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((LOOPBACK, port)) == 0

"""Every function as warm processes that run AWS's own runtime client (awslambdaric) against a Runtime API of ours.

A worker asks `GET …/invocation/next` and waits; its question stays unread in the socket until somebody calls the
function. So the thread of the caller does all the talking, and a worker serves one call at a time.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO, NamedTuple

from local import children
from local.cloudformation import ACCOUNT, REGION
from local.templates import Function

MOST_WORKERS = 64  # of all functions together, before idle ones are ended
MOST_BYTES = 6 * 1024 * 1024  # of an event, and of an answer
START_SECONDS = 10  # beside the time-out of the first call, as on AWS


Fork = Callable[[Function, str, int], int]  # function, state of the code, port of its Runtime API -> process number


class TooLarge(Exception):
    """The event is larger than a Lambda takes."""


class Answer(NamedTuple):
    """What a function answered: JSON. `error` is "" or the kind of failure, with a JSON description in the payload."""

    payload: bytes
    error: str = ""


class Sources:
    """The state of the code that workers run: it changes with every edit under functions/ and shared/."""

    def __init__(self, root: Path) -> None:
        self._folders = [str(root / "functions"), str(root / "shared")]
        self._lock, self._looked, self._stamp = threading.Lock(), 0.0, ""

    def stamp(self) -> str:
        with self._lock:
            if time.monotonic() - self._looked > 0.2:
                found = [entry for folder in self._folders for entry in _files(folder)]
                self._stamp = blake2b(repr(found).encode(), digest_size=8).hexdigest()
                self._looked = time.monotonic()
            return self._stamp


def _files(folder: str) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir():
                found += [] if entry.name == "__pycache__" else _files(entry.path)
            else:
                found.append((entry.path, entry.stat().st_mtime_ns))
    return found


class Workers:
    """Calls functions: each in as many workers as it has callers, `concurrency` at most; further callers wait."""

    def __init__(self, root: Path, home: Path, concurrency: int) -> None:
        self.root, self.home = root, home
        self.variables: Mapping[str, str] = {}  # of every function, beside its own
        self.sources = Sources(root)
        self._slots: dict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(concurrency))
        self._lock = threading.Lock()
        self._all: set[Worker] = set()
        self._idle: list[Worker] = []  # the longest idle first
        self._zygote = subprocess.Popen(
            [sys.executable, "-m", "local.zygote"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parent.parent,
            start_new_session=True,
        )
        self._zygote_lock = threading.Lock()

    @property
    def alive(self) -> bool:
        return self._zygote.poll() is None

    def call(self, function: Function, event: bytes) -> Answer:
        """Run the function once. Waits for a free worker; TooLarge for an event over 6 MB."""
        if len(event) > MOST_BYTES:
            raise TooLarge
        with self._lock:
            slots = self._slots[function.name]
        with slots:
            worker = self._take(function)
            began = time.perf_counter()
            answer = worker.run(event)
            self._log(function, answer, time.perf_counter() - began)
            with self._lock:
                if worker.ended:
                    self._all.discard(worker)
                else:
                    self._idle.append(worker)
        return answer

    def stop(self) -> None:
        children.stop(self._zygote, signal.SIGKILL)
        for pipe in (self._zygote.stdin, self._zygote.stdout):
            if pipe:
                with suppress(BrokenPipeError):  # what was not read by it, if it ended by itself
                    pipe.close()
        with self._lock:
            for worker in self._all:
                worker.end()

    def _take(self, function: Function) -> "Worker":
        stamp = self.sources.stamp()
        with self._lock:
            stale = [worker for worker in self._idle if worker.stamp != stamp or not worker.alive]
            kept = [worker for worker in self._idle if worker not in stale]
            chosen = next((worker for worker in reversed(kept) if worker.function.name == function.name), None)
            if chosen:
                kept.remove(chosen)
            else:
                spare = max(0, len(self._all) - len(stale) + 1 - MOST_WORKERS)
                stale += kept[:spare]
                kept = kept[spare:]
            self._idle = kept
            self._all.difference_update(stale)
        for worker in stale:
            worker.end()
        if chosen is None:
            chosen = Worker(function, stamp, self._fork)
            with self._lock:
                self._all.add(chosen)
        return chosen

    def _fork(self, function: Function, stamp: str, port: int) -> int:
        log = self.log_file(function)
        environment = dict(self.variables) | function.environment | {
            "AWS_LAMBDA_RUNTIME_API": f"{children.LOOPBACK}:{port}",
            "AWS_LAMBDA_FUNCTION_NAME": function.name.replace("/", "-"),
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory), "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_LOG_GROUP_NAME": str(log.parent), "AWS_LAMBDA_LOG_STREAM_NAME": str(log), "AWS_REGION": REGION,
            "LAMBDA_TASK_ROOT": str(function.folder), "_HANDLER": function.handler, "TZ": ":UTC", "LANG": "en_US.UTF-8",
            "PATH": os.environ["PATH"],
        }  # fmt: skip
        job = {
            "environment": json.dumps(environment), "handler": function.handler, "folder": str(function.folder),
            "root": str(self.root), "log": str(log), "pycache": str(self.home / "pycache" / stamp),
        }  # fmt: skip
        assert self._zygote.stdin and self._zygote.stdout
        with self._zygote_lock:
            self._zygote.stdin.write(json.dumps(job).encode() + b"\n")
            self._zygote.stdin.flush()
            return int(self._zygote.stdout.readline())

    def log_file(self, function: Function) -> Path:
        log = self.home / "logs" / f"{function.name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        return log

    def _log(self, function: Function, answer: Answer, seconds: float) -> None:
        """The line that ends a call, after what the function wrote itself."""
        said = f"{answer.error} {answer.payload.decode(errors='replace')[:2000]}" if answer.error else "ok"
        with self.log_file(function).open("a") as log:
            log.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ} REPORT {seconds * 1000:.1f} ms {said}\n")


class Worker:
    """One execution environment. `run` is called by one thread at a time."""

    def __init__(self, function: Function, stamp: str, fork: Fork) -> None:
        self.function, self.stamp, self.ended = function, stamp, False
        self._listener = socket.create_server((children.LOOPBACK, 0))
        self._connection: socket.socket | None = None
        self._incoming: BinaryIO | None = None
        self._number = fork(function, stamp, self._listener.getsockname()[1])

    @property
    def alive(self) -> bool:
        try:
            os.kill(self._number, 0)
        except ProcessLookupError:
            return False
        return not self.ended

    def end(self) -> None:
        self.ended = True
        with suppress(ProcessLookupError):
            os.kill(self._number, signal.SIGKILL)
        for closing in (self._incoming, self._connection, self._listener):
            if closing:
                closing.close()

    def run(self, event: bytes) -> Answer:
        """Give the event to the process and wait for its answer; what fails or takes too long is ended."""
        try:
            answer = self._converse(event)
        except TimeoutError:
            self.end()
            return _failed("Sandbox.Timedout", f"Task timed out after {self.function.timeout} seconds")
        except (OSError, ValueError):  # ValueError: cut off in the middle of a request
            self.end()
            return _failed("Runtime.ExitError", "The process of the function ended before it answered")
        if answer.error == "Runtime.InitError":
            self.end()
        return answer

    def _converse(self, event: bytes) -> Answer:
        if self._incoming is None:
            self._accept()
        kind, payload = self._read(self.function.timeout + START_SECONDS)
        if kind != "next":
            self._write(202, b'{"status":"OK"}', {})
            return Answer(payload, "Runtime.InitError")
        deadline = int((time.time() + self.function.timeout) * 1000)
        self._write(200, event, {
            "Lambda-Runtime-Aws-Request-Id": str(uuid.uuid4()), "Lambda-Runtime-Deadline-Ms": str(deadline),
            "Lambda-Runtime-Invoked-Function-Arn": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{self.function.name}",
            "Lambda-Runtime-Trace-Id": "Root=1-00000000-000000000000000000000000;Sampled=0",
        })  # fmt: skip
        kind, payload = self._read(self.function.timeout)
        self._write(202, b'{"status":"OK"}', {})
        if kind == "error":
            return Answer(payload, "Unhandled")
        if len(payload) > MOST_BYTES:
            return _failed(
                "Function.ResponseSizeTooLarge", f"The answer has {len(payload)} bytes; {MOST_BYTES} are allowed"
            )
        return Answer(payload)

    def _accept(self) -> None:
        self._listener.settimeout(0.5)
        deadline = time.monotonic() + self.function.timeout + START_SECONDS
        while True:
            try:
                self._connection, _ = self._listener.accept()
                break
            except TimeoutError:
                if time.monotonic() > deadline:
                    raise
                if not self.alive:
                    raise ConnectionError from None
        self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._incoming = self._connection.makefile("rb")

    def _read(self, seconds: float) -> tuple[str, bytes]:
        """One request of the runtime client: the last word of its path, and its body."""
        assert self._connection and self._incoming
        self._connection.settimeout(seconds)
        _, path, _ = self._incoming.readline().decode().split(" ", 2)
        length = 0
        while (line := self._incoming.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        return path.rsplit("/", 1)[-1], self._incoming.read(length)

    def _write(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        assert self._connection
        headers = {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._connection.sendall(f"HTTP/1.1 {status} OK\r\n{lines}\r\n".encode() + body)


def _failed(kind: str, message: str) -> Answer:
    return Answer(json.dumps({"errorType": kind, "errorMessage": message}).encode(), kind)

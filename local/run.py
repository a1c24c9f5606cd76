"""`make run`: the whole product on this machine, until Ctrl-C or SIGTERM.

Database, migrations, AWS double, functions behind the gateway, queues, schedules, mailbox, control, the demo tenant.
"""

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import Any

from local import children, database, outbox, settings, templates
from local.background import Background
from local.clock import Clock
from local.control import Control
from local.downloads import Distribution
from local.gateway import Gateway
from local.mail import Mailbox
from local.objects import Objects
from local.queues import Queues
from local.schedules import Ticker
from local.server import Server
from local.settings import Settings
from local.workers import Answer, Workers

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
began = time.monotonic()


def say(text: str) -> None:
    print(f"{time.monotonic() - began:6.1f} s  {text}", flush=True)


def main() -> None:
    chosen = settings.read()
    with ExitStack() as stack:
        port = stack.enter_context(bound(chosen.port))
        for number in SIGNALS:  # a shell that starts us in the background leaves SIGINT ignored
            signal.signal(number, _end)
        stack.enter_context(locked(chosen))
        stack.callback(say, "stopped")
        run(chosen, port, stack)


def run(chosen: Settings, port: socket.socket, stack: ExitStack) -> None:
    """Start everything, say so, watch. What `stack` holds is stopped in reverse order."""
    watched: dict[str, subprocess.Popen[bytes]] = {}
    aws_url = f"http://{children.LOOPBACK}:{(aws_port := children.free_port())}"
    command = [sys.executable, "-m", "moto.server", "-H", children.LOOPBACK, "-p", str(aws_port)]
    watched["aws"] = children.start(command, chosen.home / "aws.log", folder=chosen.home)
    stack.callback(children.stop, watched["aws"], signal.SIGKILL)
    workers = Workers(chosen.root, chosen.home, chosen.concurrency)
    stack.callback(workers.stop)

    owner_url = chosen.database_url
    if not owner_url:
        server = stack.enter_context(database.running(chosen.home / "postgres"))
        owner_url, watched["postgres/postgres"] = server.url, server.process
        say("PostgreSQL is up")
    if (chosen.root / "tools/migrate.py").exists():
        _ask(chosen, "migrate", owner_url)
        say("migrated")
    children.wait_until(lambda: watched["aws"].poll() is not None or children.listens(aws_port), seconds=60)
    if not children.listens(aws_port):
        raise SystemExit(f"The AWS double did not start: see {chosen.home / 'aws.log'}")

    control_url = serve(chosen, port, stack, workers, owner_url, aws_url)
    known = settings.make_secrets(chosen.home)
    facts: dict[str, Any] = {"base_url": chosen.base_url, "docs_url": f"{chosen.base_url}/docs"}
    facts |= {"database_url": owner_url, "demo_user": None, "admin": None, "mail_url": f"{control_url}/mail"}
    facts |= {"control_url": control_url, "viewer_secret": known.viewer_secret}
    if (chosen.root / "tools/seed.py").exists():
        seeded = _ask(chosen, "seed", chosen.base_url, control_url, known.admin_password)
        facts |= json.loads(seeded.splitlines()[-1])
        say("the demo tenant and its platform's admin are there")
    stack.callback(chosen.file.unlink, missing_ok=True)
    settings.write_private(chosen.file, json.dumps(facts, indent=2))
    say("ready")
    for name, fact in facts.items():
        print(f"          {name:14}{'  '.join(fact.values()) if isinstance(fact, dict) else fact}", flush=True)
    while workers.alive and all(process.poll() is None for process in watched.values()):
        time.sleep(0.5)
    ended = [name for name, process in watched.items() if process.poll() is not None]
    if not ended:
        raise SystemExit(f"The process that starts the functions ended by itself: see {chosen.home / 'logs'}")
    raise SystemExit(f"A part of the stack ended by itself: see {chosen.home / ended[0]}.log")


def serve(
    chosen: Settings, port: socket.socket, stack: ExitStack, workers: Workers, owner_url: str, aws_url: str
) -> str:
    """Functions, queues, schedules, mailbox and control, joined by the templates. Answers the URL of the control."""
    known = settings.make_secrets(chosen.home)
    files = stack.enter_context(bound(0))
    files_url = f"http://{children.LOOPBACK}:{files.getsockname()[1]}"
    variables = settings.declared_variables(
        chosen, known, outbox.url_of_functions(owner_url, known.app_password), files_url
    )
    parameters = {"Stage": "local", "AllowedOrigins": chosen.origins}
    project = templates.load(chosen.root, parameters, variables, aws_url)
    clock, mailbox = Clock(chosen.home / "clock_offset"), Mailbox()
    stack.callback(mailbox.stop)
    workers.variables = settings.local_variables(clock.file, mailbox.address, aws_url)

    def invoke(function: str, event: bytes) -> Answer:
        return workers.call(project.functions[function], event)

    background = Background(invoke)

    def fire(schedule: templates.Schedule) -> None:
        background.start(schedule.function, schedule.payload.encode())

    queues = Queues(project, aws_url, background.call)
    stack.callback(queues.stop)
    objects = Objects(project.buckets, aws_url, chosen.home / "objects")
    stack.callback(objects.stop)
    if project.downloads:
        distribution = Distribution(project.downloads, aws_url, files_url, known.files_key, clock.now)
        stack.callback(Server(distribution, files, threads=8).stop)
    ticker = Ticker(project.schedules, clock.now, fire)
    stack.callback(ticker.stop)
    reopened = outbox.reopen(owner_url, project.rules)
    say(f"AWS double is up: {len(project.queues)} queues, {reopened} events to send again")
    gateway = Server(Gateway(project, invoke, lambda: clock.offset), port, threads=128)
    stack.callback(gateway.stop)
    inner = stack.enter_context(bound(0))
    control = Server(Control(project, background, queues, ticker, clock, mailbox, owner_url), inner, threads=16)
    stack.callback(control.stop)
    queues.poll()
    objects.start()
    ticker.start()
    say(f"{len(project.functions)} functions on {len(project.routes)} routes")
    return f"http://{children.LOOPBACK}:{inner.getsockname()[1]}"


@contextmanager
def bound(port: int) -> Iterator[socket.socket]:
    """A loopback socket on this port (0: a free one), before anything else is done."""
    with socket.socket() as reserved:
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            reserved.bind((children.LOOPBACK, port))
        except (OSError, OverflowError) as error:
            raise SystemExit(f"Port {port} cannot be used ({error}): choose another with PORT=…") from None
        yield reserved


@contextmanager
def locked(chosen: Settings) -> Iterator[None]:
    """One stack a home."""
    chosen.home.mkdir(parents=True, exist_ok=True)
    with (chosen.home / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(f"A stack runs on {chosen.home} already: stop it, or choose another LOCAL_HOME") from None
        chosen.file.unlink(missing_ok=True)  # left behind by a kill -9
        yield


def _ask(chosen: Settings, tool: str, *given: str) -> str:
    """Call `tools.<tool>.<tool>(*given)` in a process of its own; what it answered, as JSON in the last line."""
    code = f"import json, sys; from tools.{tool} import {tool}; print(json.dumps({tool}(*sys.argv[1:]), default=str))"
    environment = os.environ | {"PYTHONPATH": str(chosen.root)}
    command = [sys.executable, "-c", code, *given]
    ran = subprocess.run(command, cwd=chosen.root, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise SystemExit(f"tools/{tool}.py failed:\n{ran.stderr or ran.stdout}")
    if ran.stderr:
        say(ran.stderr.strip())
    return ran.stdout


def _end(*_: int | FrameType | None) -> None:
    for number in SIGNALS:  # nothing interrupts the end
        signal.signal(number, signal.SIG_IGN)
    raise SystemExit(0)


if __name__ == "__main__":
    status: object = 0
    try:
        main()
    except SystemExit as end:
        status = end.code
    if isinstance(status, str):
        print(status, file=sys.stderr)
    sys.stdout.flush()
    os._exit(1 if isinstance(status, str) else 0)  # without waiting for two hundred threads that serve nobody any more

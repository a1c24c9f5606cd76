"""Cold start: from the start of a process over import and connection to its first answer.

Fresh processes, variants shuffled in each round, file cache warm, .pyc present for all. Neither AWS's part of a cold
start nor a web server's is in it.
"""

import json
import os
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from benchmarks.report import Report, quartiles, ratios
from benchmarks.stage import OPERATIONS, Operation, Stage, set_up
from shared.entry.http import Api
from tools.functions import ROOT, functions

ROUNDS, GOAL = 11, 1.7
PYCACHE = ROOT / ".local" / "bench" / "pycache"


def run() -> Report:
    report = Report()
    with set_up() as stage:
        calls = {"floor": ("floor", {"url": stage.database.url, "tenant": stage.claims["tenant_id"]}, 200)}
        for operation in OPERATIONS:
            calls[f"{operation.name}, ours"] = "ours", ours(stage, operation), operation.status
            calls[f"{operation.name}, peer"] = "peer", peers(stage, operation), operation.status
        took = rounds(stage, calls)
        for name, values in took.items():
            report.measured(name, values, "ms")
        for operation in OPERATIONS:
            name = operation.name
            report.ratio(f"{name}: faster than the peer", ratios(took[f"{name}, peer"], took[f"{name}, ours"]), GOAL)
        every_endpoint(report, stage, quartiles(took["floor"])[1])
    return report


def rounds(stage: Stage, calls: dict[str, tuple[str, dict[str, Any], int]]) -> dict[str, list[float]]:
    took: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(ROUNDS + 1):
        for name in random.sample(list(calls), len(calls)):
            who, given, status = calls[name]
            seconds, answered = first_answer(stage, who, given)
            assert answered == status, f"{name} answers {answered}"
            if number:  # the first one writes the .pyc
                took[name].append(seconds * 1000)
    return took


def every_endpoint(report: Report, stage: Stage, floor: float) -> None:
    """Each once, with its sample event as the owner of a tenant: what counts is the median."""
    calls = {}
    for function in functions():
        if isinstance(function.spec, Api):
            event = json.loads((ROOT / "events" / function.domain / f"{function.stem}.json").read_text())
            event["requestContext"]["authorizer"] = {"lambda": stage.claims}
            calls[function.name] = {"function": f"functions.{function.domain}.{function.stem}", "event": event}
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # writes the .pyc
        list(pool.map(lambda given: first_answer(stage, "ours", given), calls.values()))
    took = {name: first_answer(stage, "ours", given)[0] * 1000 for name, given in calls.items()}
    report.measured(f"{len(took)} endpoints, each once", list(took.values()), "ms")
    report.ratio("the median endpoint takes of the floor", [quartiles(list(took.values()))[1] / floor])
    slowest = sorted(took, key=lambda name: -took[name])[:3]
    report.note("slowest: " + ", ".join(f"{name} {took[name]:.0f} ms" for name in slowest))
    report.figures["endpoints"] = {**took}


def ours(stage: Stage, operation: Operation) -> dict[str, Any]:
    """Without a key: a repeat must not be answered from the first."""
    event = stage.event(operation)
    event["headers"].pop("idempotency-key", None)
    return {"function": operation.function, "event": event}


def peers(stage: Stage, operation: Operation) -> dict[str, Any]:
    scope, body = stage.request(operation)
    headers = [(name.decode(), value.decode()) for name, value in scope["headers"] if name != b"idempotency-key"]
    kept = {name: value for name, value in scope.items() if not isinstance(value, bytes)}
    return {"url": stage.database.url, "scope": kept | {"headers": headers}, "body": body.decode()}


def first_answer(stage: Stage, who: str, given: dict[str, Any]) -> tuple[float, int]:
    """Seconds from the start of the process to its answer, and the answer's status."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", f"from benchmarks.first_answer import {who}; {who}()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=environment(DATABASE_URL=stage.app_url),
    )
    assert process.stdin and process.stdout
    with process:
        process.stdin.write(json.dumps(given).encode())
        process.stdin.close()
        first_line = process.stdout.readline()
        seconds = time.perf_counter() - start
        process.stdout.read()
    return seconds, int(first_line.split()[0])


def environment(**added: str) -> dict[str, str]:
    """Ours, with the .pyc of every library and of the product in a folder of their own."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(PYCACHE)} | added

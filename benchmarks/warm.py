"""Warm calls: our handlers against the peer, in one process, both entered the way they really are, without a network.

Rounds are interleaved and a ratio is taken within each. Then the same with 1 ms of round trip to the database.
"""

import asyncio
import gc
import importlib
import json
import multiprocessing
import os
import random
import signal
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

from benchmarks import floor
from benchmarks.asgi import call
from benchmarks.report import Report, ratios
from benchmarks.stage import CREATE, GIVEN, LIST, OPERATIONS, Operation, Stage, set_up
from shared.core import db
from tests.support.database import app_url, port_of
from tests.support.proxy import Proxy

ROUNDS, CALLS = 9, 60
GOALS = {"list": 3.0, "create": 4.0}
GOAL_AT_1_MS = 2.5
Batch = Callable[[int], list[float]]  # microseconds of so many calls


def run() -> Report:
    report = Report()
    with set_up() as stage, asyncio.Runner() as runner:
        os.environ["DATABASE_URL"] = stage.app_url
        check_equal(stage, runner)
        report.note(f"round trips: {round_trips(stage, runner)}")
        for operation in OPERATIONS:
            batches = both(stage, operation, runner) | {"floor": floor_batch(stage, operation)}
            compare(report, operation.name, batches, GOALS[operation.name])
        with delayed(port_of(stage.database.url)) as port:
            use(
                app_url(stage.database.url, port),
                stage.database.url.replace(str(port_of(stage.database.url)), str(port)),
            )
            for operation in OPERATIONS:
                compare(report, f"{operation.name} at 1 ms", both(stage, operation, runner), GOAL_AT_1_MS)
    return report


def compare(report: Report, name: str, batches: dict[str, Batch], goal: float) -> None:
    took: dict[str, list[float]] = {who: [] for who in batches}
    for batch in batches.values():
        batch(CALLS // 3)
    gc.collect()
    for _ in range(ROUNDS):
        for who in random.sample(list(batches), len(batches)):
            took[who].append(statistics.median(batches[who](CALLS)))
    for who, values in took.items():
        report.measured(f"{name}, {who}", values, "us")
    if "floor" in took:
        report.ratio(f"{name}: ours takes of the floor", ratios(took["ours"], took["floor"]))
    report.ratio(f"{name}: faster than the peer", ratios(took["peer"], took["ours"]), goal)


def both(stage: Stage, operation: Operation, runner: asyncio.Runner) -> dict[str, Batch]:
    return {"ours": our_batch(stage, operation), "peer": lambda calls: runner.run(peer_batch(stage, operation, calls))}


def our_batch(stage: Stage, operation: Operation) -> Batch:
    handler = importlib.import_module(operation.function).handler

    def batch(calls: int) -> list[float]:
        took = []
        for event in [stage.event(operation) for _ in range(calls)]:
            start = time.perf_counter_ns()
            answer = handler(event, None)
            took.append((time.perf_counter_ns() - start) / 1000)
            assert answer["statusCode"] == operation.status, answer
        return took

    return batch


async def peer_batch(stage: Stage, operation: Operation, calls: int) -> list[float]:
    from benchmarks.peer import app

    took = []
    for scope, body in [stage.request(operation) for _ in range(calls)]:
        start = time.perf_counter_ns()
        status, answer = await call(app, scope, body)
        took.append((time.perf_counter_ns() - start) / 1000)
        assert status == operation.status, answer
    return took


def floor_batch(stage: Stage, operation: Operation) -> Batch:
    connection = floor.connect(stage.database.url)
    tenant, user, body = stage.claims["tenant_id"], stage.claims["user_id"], json.dumps(GIVEN)
    lister, creator = floor.lister(connection, tenant), floor.creator(connection, tenant, user)
    work = lister if operation is LIST else lambda: creator(body)

    def batch(calls: int) -> list[float]:
        took = []
        for _ in range(calls):
            start = time.perf_counter_ns()
            work()
            took.append((time.perf_counter_ns() - start) / 1000)
        return took

    return batch


def check_equal(stage: Stage, runner: asyncio.Runner) -> None:
    """Both give the same page, and the same party but for what is made anew."""
    from benchmarks.peer import app, connect

    connect(stage.database.url)
    for operation in OPERATIONS:
        ours = json.loads(importlib.import_module(operation.function).handler(stage.event(operation), None)["body"])
        peers = json.loads(runner.run(ask(app, *stage.request(operation)))[1])
        if operation is CREATE:
            for made in (ours, peers):
                del made["id"], made["created_at"]
        assert ours == peers, (ours, peers)


async def ask(app: Any, scope: dict[str, Any], body: bytes) -> tuple[int, bytes]:
    return await call(app, scope, body)


def use(our_url: str, peer_url: str) -> None:
    """Both connect anew, to these addresses."""
    from benchmarks.peer import connect

    os.environ["DATABASE_URL"] = our_url
    db.hang_up()
    connect(peer_url)


def round_trips(stage: Stage, runner: asyncio.Runner) -> str:
    """Of a call that is warm, counted by a proxy."""
    proxy = Proxy(port_of(stage.database.url))
    use(
        app_url(stage.database.url, proxy.port),
        stage.database.url.replace(str(port_of(stage.database.url)), str(proxy.port)),
    )
    counted = []
    for operation in OPERATIONS:
        for who, batch in both(stage, operation, runner).items():
            batch(10)
            before = proxy.round_trips
            batch(1)
            counted.append(f"{operation.name} {who} {proxy.round_trips - before}")
    use(stage.app_url, stage.database.url)
    proxy.close()
    return ", ".join(counted)


@contextmanager
def delayed(port: int) -> Iterator[int]:
    """A proxy with 1 ms of round trip, in a process of its own so that it does not share our interpreter."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(port, theirs), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def _serve(port: int, started: Connection) -> None:
    started.send(Proxy(port, delay=0.001).port)
    signal.pause()

"""Functions as processes."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from local import workers
from local.templates import Function
from local.workers import Answer, Workers

HANDLER = """
import json, os, time
def handler(event, context):
    time.sleep(event.get("sleep", 0))
    if "exit" in event: os._exit(event["exit"])
    return {"process": os.getpid(), "left": context.get_remaining_time_in_millis(), "size": len(event.get("text", ""))}
"""


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    root = tmp_path_factory.mktemp("workers")
    (root / "functions/demo").mkdir(parents=True)
    (root / "functions/demo/work.py").write_text(HANDLER)
    (root / "functions/demo/other.py").write_text(HANDLER)
    (root / "functions/demo/broken.py").write_text("import nothing_of_the_kind\n")
    made = Workers(root, root / ".local", concurrency=3)
    yield made
    made.stop()


def call(pool: Workers, stem: str = "work", **event: object) -> Answer:
    function = Function(f"demo/{stem}", pool.root / "functions/demo", f"{stem}.handler", 1, 512, {})
    return pool.call(function, json.dumps(event).encode())


def process(answer: Answer) -> int:
    assert not answer.error, answer
    number: int = json.loads(answer.payload)["process"]
    return number


def test_a_warm_process_is_used_again(pool: Workers) -> None:
    assert process(call(pool)) == process(call(pool))


def test_as_many_processes_as_callers_up_to_the_limit(pool: Workers) -> None:
    with ThreadPoolExecutor(12) as callers:
        began = time.monotonic()
        used = {process(answer) for answer in callers.map(lambda _: call(pool, sleep=0.2), range(12))}
    assert len(used) == 3
    assert time.monotonic() - began >= 4 * 0.2  # nobody was served by a fourth, nobody was refused


def test_one_that_takes_too_long_is_ended(pool: Workers) -> None:
    before = process(call(pool))
    answer = call(pool, sleep=30)
    assert answer.error == "Sandbox.Timedout"
    assert json.loads(answer.payload)["errorMessage"] == "Task timed out after 1 seconds"
    assert not Path(f"/proc/{before}").exists() or process(call(pool)) != before


def test_one_that_dies_is_replaced(pool: Workers) -> None:
    assert call(pool, exit=3).error == "Runtime.ExitError"
    assert process(call(pool))


def test_a_handler_that_cannot_be_loaded_says_why(pool: Workers) -> None:
    for _ in range(2):
        answer = call(pool, "broken")
        assert (answer.error, b"nothing_of_the_kind" in answer.payload) == ("Runtime.InitError", True)


def test_sizes(pool: Workers) -> None:
    assert json.loads(call(pool, text="x" * 5_000_000).payload)["size"] == 5_000_000
    with pytest.raises(workers.TooLarge):
        call(pool, text="x" * 7_000_000)


def test_idle_processes_are_ended_when_there_are_too_many(pool: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MOST_WORKERS", 1)
    process(call(pool, "work"))
    process(call(pool, "other"))
    assert len(pool._all) == 1
    assert len(pool._idle) == 1

"""A drain ends when nothing waits and nothing runs, and says what remains when that does not happen."""

import threading

from local.background import Background, drain
from local.queues import Depth
from local.workers import Answer

EMPTY = {"queue": Depth(0, 0, 0, 3)}


def test_the_relay_is_called_until_the_outbox_is_empty() -> None:
    unsent = [2]

    def relay(_function: str, _event: bytes) -> Answer:
        unsent[0] -= 1
        return Answer(b"{}")

    background = Background(relay)
    assert drain(background, lambda: unsent[0], lambda: EMPTY, lambda: background.call("relay", b""), seconds=5) == {}
    assert unsent == [0]


def test_a_drain_waits_for_a_job_that_runs() -> None:
    may_end = threading.Event()
    background = Background(lambda _function, _event: Answer(b"{}" if may_end.wait(5) else b"", ""))
    background.start("job", b"")
    waiting = drain(background, lambda: 0, lambda: EMPTY, lambda: Answer(b"{}"), seconds=0.05)
    assert waiting == {"running": 1}
    may_end.set()
    assert drain(background, lambda: 0, lambda: EMPTY, lambda: Answer(b"{}"), seconds=5) == {}


def test_what_remains_is_named() -> None:
    stuck = {"queue": Depth(1, 1, 0, 0), "other": Depth(0, 0, 0, 0)}
    background = Background(lambda _function, _event: Answer(b"{}"))
    assert drain(background, lambda: 0, lambda: stuck, lambda: Answer(b"{}"), seconds=0.05) == {"queue": 2}
    failing = drain(background, lambda: 4, lambda: EMPTY, lambda: Answer(b"broken", "Unhandled"), seconds=5)
    assert failing == {"outbox": 4, "relay": "broken"}

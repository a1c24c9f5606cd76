"""Jobs and consumers, counted, so that a drain can tell when nothing runs and nothing waits."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from local.queues import Depth, Invoke
from local.workers import Answer


class Background:
    """Runs functions that no request waits for."""

    def __init__(self, invoke: Invoke) -> None:
        self._invoke, self._lock = invoke, threading.Lock()
        self.running = self.begun = 0  # now; ever

    def call(self, function: str, event: bytes) -> Answer:
        with self._counted():
            return self._invoke(function, event)

    def start(self, function: str, event: bytes) -> None:
        """Counted from now on, though it runs in a thread of its own."""
        counting = self._counted()
        counting.__enter__()

        def run() -> None:
            try:
                self._invoke(function, event)
            finally:
                counting.__exit__(None, None, None)

        threading.Thread(target=run, name=function, daemon=True).start()

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._lock:
            self.running, self.begun = self.running + 1, self.begun + 1
        try:
            yield
        finally:
            with self._lock:
                self.running -= 1


def drain(
    background: Background,
    unsent: Callable[[], int],
    depths: Callable[[], dict[str, Depth]],
    relay: Callable[[], Answer],
    *,
    seconds: float,
) -> dict[str, object]:
    """Work until outbox and queues are empty and nothing runs. Answers {}, or what remains after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        begun = background.begun
        remains = {"running": background.running, "outbox": unsent()}
        remains |= {name: sum(depth[:3]) for name, depth in depths().items()}
        if not any(remains.values()) and begun == background.begun:  # nothing began while we looked: it is quiet
            return {}
        if time.monotonic() > deadline:
            return {name: number for name, number in remains.items() if number}
        if remains["outbox"] and not remains["running"]:
            answer = relay()
            if answer.error:
                return {"outbox": remains["outbox"], "relay": answer.payload.decode(errors="replace")}
        time.sleep(0.02)

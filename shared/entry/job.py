"""A scheduled job: a service call repeated in slices, each its own transaction, while there is work and time."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from shared.core import clock, db
from shared.core.call import Actor, Call
from shared.core.errors import PartlyDone
from shared.entry import wiring

MARGIN = 5000  # ms kept for a slice to end in


class job:
    """`@job("rate(1 minute)")` over a function of a call that answers how many things it did.

    `only_if` is asked before each slice, in one round trip: where nothing waits, that is all there is. `calls_out`: it
    talks to other systems, so it opens its transactions itself, and may raise PartlyDone: the slices go on, and the run
    fails at its end. `nudged`: a message in the outbox queue starts it too.
    """

    def __init__(
        self,
        schedule: str,
        *,
        across_tenants: bool = False,
        only_if: Callable[[Call], bool] | None = None,
        calls_out: bool = False,
        nudged: bool = False,
        needs: tuple[str, ...] = (),
        timeout: int = 60,
        memory: int = 512,
    ) -> None:
        self.schedule, self.across_tenants, self.only_if = schedule, across_tenants, only_if
        self.calls_out, self.nudged = calls_out, nudged
        self.needs, self.timeout, self.memory = needs, timeout, memory

    def __call__(self, function: Callable[[Call], int]) -> Callable[[Mapping[str, Any], Any], dict[str, int]]:
        self.function = function
        return self.handle  # a bound method: Lambda calls it, the tools read its __self__

    def handle(self, event: Mapping[str, Any], context: Any) -> dict[str, int]:
        """The Lambda's entry point; answers how much was done."""
        done, failure = 0, None
        while context.get_remaining_time_in_millis() > MARGIN:
            try:
                slice_ = self._slice()
            except PartlyDone as partly:
                failure = partly
                done += partly.done
                continue
            done += slice_
            if not slice_:
                break
        logging.getLogger("job").info("%s: %d done", self.function.__module__, done)
        if failure:
            raise failure
        return {"done": done}

    def _slice(self) -> int:
        now = clock.now()
        call = Call(Actor(), now, scope=db.Scope(staff=self.across_tenants, at=now))
        if self.only_if:
            with db.reading(call.scope) as call.connection:
                if not self.only_if(call):
                    return 0
        if self.calls_out:
            return self.function(call)
        with db.transaction(call.scope) as call.connection:
            done = self.function(call)
        if call.announced:
            wiring.nudge_relay()
        return done

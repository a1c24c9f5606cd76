"""A Lambda that somebody invokes by hand, with the fields of its input as the event."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel

from shared.core import clock, db
from shared.core.call import Actor, Call
from shared.entry import wiring  # noqa: F401  (settings learn where secrets are looked up)


class task:
    """`@task(NewAdmin)` over a function of (call, input), which runs in one transaction; its answer is shown as JSON.

    Who may invoke the Lambda may do this: nobody is asked for a token.
    """

    def __init__(
        self,
        given: type[BaseModel],
        *,
        across_tenants: bool = False,
        needs: tuple[str, ...] = (),
        timeout: int = 60,
        memory: int = 512,
    ) -> None:
        self.given, self.across_tenants, self.needs = given, across_tenants, needs
        self.timeout, self.memory = timeout, memory

    def __call__(
        self, function: Callable[[Call, Any], BaseModel]
    ) -> Callable[[Mapping[str, Any], Any], dict[str, Any]]:
        self.function = function
        return self.handle  # a bound method: Lambda calls it, the tools read its __self__

    def handle(self, event: Mapping[str, Any], context: object) -> dict[str, Any]:
        """The Lambda's entry point. ValidationError, which names the field, for an input that does not fit."""
        given = self.given.model_validate(event)
        now = clock.now()
        call = Call(Actor(), now, scope=db.Scope(staff=self.across_tenants, at=now))
        with db.transaction(call.scope) as call.connection:
            answer = self.function(call, given)
        return answer.model_dump(mode="json")

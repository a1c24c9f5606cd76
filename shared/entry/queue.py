"""A queue consumer: one event, one transaction, once."""

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel

from shared.core import clock, db, queries
from shared.core.call import Actor, Call
from shared.entry import wiring

E = TypeVar("E", bound=BaseModel)
INBOX = "inbox_pkey"


class consumer:
    """`@consumer(MailRequested)` over a function of (call, event id, event); answers with partial batch failures.

    The inbox row that makes it once is written in the transaction of the effect. With `calls_out` the effect lies in
    another system: the function runs outside a transaction (each statement it makes is a reading one of its own) and
    the row is written when it has succeeded, so it may run again after a crash and must hand the event's id on, for the
    other side to tell a repeat. What it answers, if anything, is called in the transaction of that row.
    `across_tenants`: it works on rows of the platform, or of every tenant.
    """

    def __init__(
        self,
        event: type[BaseModel],
        *,
        across_tenants: bool = False,
        calls_out: bool = False,
        needs: tuple[str, ...] = (),
        retries: int = 5,
        timeout: int = 60,
        memory: int = 512,
    ) -> None:
        self.event, self.across_tenants, self.calls_out, self.needs = event, across_tenants, calls_out, needs
        self.retries, self.timeout, self.memory = retries, timeout, memory

    def __call__(
        self, function: Callable[[Call, UUID, Any], Callable[[Call], None] | None]
    ) -> Callable[[Mapping[str, Any], Any], dict[str, list[dict[str, str]]]]:
        self.function = function
        self.name = function.__module__.rpartition(".")[2]
        return self.handle  # a bound method: Lambda calls it, the tools read its __self__

    def handle(self, batch: Mapping[str, Any], context: Any) -> dict[str, list[dict[str, str]]]:
        """The Lambda's entry point: SQS records that hold EventBridge envelopes."""
        failed: list[dict[str, str]] = []
        for record in batch["Records"]:
            try:
                self._consume(json.loads(record["body"])["detail"])
            except Exception:
                logging.getLogger("queue").exception("message %s failed", record["messageId"])
                failed.append({"itemIdentifier": record["messageId"]})
        return {"batchItemFailures": failed}

    def _consume(self, detail: Mapping[str, Any]) -> None:
        id_, tenant = UUID(detail["id"]), UUID(detail["tenant_id"]) if detail["tenant_id"] else None
        event, now = self.event.model_validate(detail["event"]), clock.now()
        call = Call(Actor(tenant_id=tenant), now, scope=db.Scope(tenant, staff=self.across_tenants, at=now))
        record = None
        if self.calls_out:
            with db.reading(call.scope) as call.connection:
                if queries.received(call.connection, consumer=self.name, event_id=id_):
                    return
                record = self.function(call, id_, event)
        try:
            with db.transaction(call.scope) as call.connection:
                queries.receive(call.connection, tenant=tenant, consumer=self.name, event_id=id_, now=now)
                if record:
                    record(call)
                elif not self.calls_out:
                    self.function(call, id_, event)
        except db.DatabaseError as error:
            if db.violated(error) != INBOX:  # else it was done before
                raise
        if call.announced:
            wiring.nudge_relay()

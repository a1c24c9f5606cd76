"""Events that leave with the transaction that caused them: written here, sent by the relay after the commit."""

import logging
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from pydantic import BaseModel

from shared.core import db, queries
from shared.core.call import Call
from shared.core.errors import PartlyDone
from shared.core.ids import new_id
from shared.core.rows import OutboxRow

LEASE = timedelta(seconds=30)


class Bus(Protocol):
    """Takes events; once `put` returns they are its to deliver, at least once."""

    def put(self, events: list[tuple[str, dict[str, object]]]) -> dict[int, str]:
        """Pairs of (name, detail). Answers the positions that were not taken, each with the code of the reason."""
        ...


def announce(call: Call, event: BaseModel, *, tenant_id: UUID | None = None) -> None:
    """Write an event to the outbox, in the caller's transaction and at no round trip of its own."""
    queries.announce(
        call.connection,
        id=new_id(call.now),
        tenant=tenant_id or call.actor.tenant_id,
        name=type(event).__name__,
        event=event.model_dump(mode="json"),
        now=call.now,
    )
    call.announced = True


def relay(call: Call, bus: Bus, *, limit: int = 100) -> int:
    """Hand the oldest unsent events to the bus; how many it took. PartlyDone if it refused some, which stay unsent.

    The events are leased in a transaction of their own, so that two relays do not send the same one and nothing is
    locked while the bus works. A crash before they are marked sends them again when the lease has ended; the consumers'
    inbox swallows that.
    """
    with db.transaction(call.scope) as connection:
        rows = queries.lease_unsent(connection, limit=limit, now=call.now, until=call.now + LEASE)
    if not rows:
        return 0
    rows.sort(key=lambda row: row.id)
    refused = bus.put([(row.name, _detail(row)) for row in rows])
    taken = [row.id for position, row in enumerate(rows) if position not in refused]
    with db.transaction(call.scope) as connection:
        sent = queries.mark_sent(connection, ids=taken, now=call.now)
    for position, code in refused.items():
        logging.getLogger("outbox").error("event %s, %s, refused: %s", rows[position].id, rows[position].name, code)
    if refused:
        raise PartlyDone(f"the bus refused {len(refused)} of {len(rows)} events", done=sent)
    return sent


def _detail(row: OutboxRow) -> dict[str, object]:
    return {"id": str(row.id), "tenant_id": row.tenant_id and str(row.tenant_id), "event": row.event}

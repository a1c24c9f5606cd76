"""The peer's list of tickets, beside its parties: the same answer as ours, written as FastAPI and the ORM are meant."""

import uuid
from datetime import datetime
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel
from sqlalchemy import ARRAY, ForeignKey, Text, select, tuple_
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from benchmarks.peer import Base, Member, SessionOfRequest, User, after, app, cursor_of, now
from shared.domains.support.schemas.tickets import Ticket
from shared.domains.support.service import clocks


class TicketOfPeer(Base):
    __tablename__ = "support_tickets"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[uuid.UUID]
    number: Mapped[str]
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    subject: Mapped[str]
    description: Mapped[str]
    category: Mapped[str]
    priority: Mapped[str]
    status: Mapped[str]
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text))
    assigned_to: Mapped[uuid.UUID | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    first_response_at: Mapped[datetime | None]
    next_response_since: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    first_response_warning_at: Mapped[datetime | None]
    first_response_critical_at: Mapped[datetime | None]
    first_response_due: Mapped[datetime | None]
    next_response_warning_at: Mapped[datetime | None]
    next_response_critical_at: Mapped[datetime | None]
    next_response_due: Mapped[datetime | None]
    resolution_warning_at: Mapped[datetime | None]
    resolution_critical_at: Mapped[datetime | None]
    resolution_due: Mapped[datetime | None]
    breached: Mapped[bool]
    level: Mapped[int]
    resolution_note: Mapped[str | None]
    rating: Mapped[int | None]
    feedback: Mapped[str | None]
    requester: Mapped[User] = relationship()


class TicketPage(BaseModel):
    items: list[Ticket]
    next_cursor: str | None


@app.get("/api/support/tickets")
def list_tickets(
    member: Member,
    session: SessionOfRequest,
    status: str | None = None,
    priority: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> TicketPage:
    place = TicketOfPeer.created_at, TicketOfPeer.id
    found = select(TicketOfPeer).options(joinedload(TicketOfPeer.requester))
    found = found.where(TicketOfPeer.tenant_id == member.tenant_id)
    if status is not None:
        found = found.where(TicketOfPeer.status == status)
    if priority is not None:
        found = found.where(TicketOfPeer.priority == priority)
    if cursor is not None:
        found = found.where(tuple_(*place) < tuple_(*after(cursor)))
    rows = session.scalars(found.order_by(*(part.desc() for part in place)).limit(limit + 1)).all()
    next_cursor = cursor_of(rows[limit - 1]) if len(rows) > limit else None  # type: ignore[arg-type]  # both have a place
    return TicketPage(items=[shown(row) for row in rows[:limit]], next_cursor=next_cursor)


def shown(row: Any) -> Ticket:
    moment = now()
    sla = {"state": clocks.state_of(row, moment), "breached": clocks.is_late(row, moment), "level": row.level}
    requester = {"id": row.user_id, "full_name": row.requester.full_name}
    columns = {column.key: getattr(row, column.key) for column in TicketOfPeer.__table__.columns}
    return Ticket.model_validate(columns | {"sla": sla, "requester": requester})

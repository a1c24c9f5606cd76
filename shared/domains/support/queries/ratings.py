"""Statements on ratings."""

from datetime import datetime

from sqlalchemy import Update, func, null, or_, true

from shared.core import query
from shared.core.query import Nullable
from shared.domains.support.rows.tickets import RatedRow
from shared.domains.support.tables import support_tickets


@query.maybe(RatedRow)
def rate_by_link(*, digest: bytes, rating: int, feedback: Nullable[str], now: datetime) -> Update:
    """Of many at once one succeeds."""
    has_ended = or_(support_tickets.c.status == "resolved", support_tickets.c.status == "closed")
    ended_at = func.coalesce(support_tickets.c.resolved_at, support_tickets.c.closed_at)
    rated = support_tickets.c.rated_at >= ended_at  # one of before it was re-opened is replaced
    unrated = support_tickets.c.survey_digest == digest, rated.is_not(true()), has_ended
    values = {"rating": rating, "feedback": feedback, "rated_at": now, "survey_digest": null()}
    shown = support_tickets.c.id, support_tickets.c.tenant_id, support_tickets.c.number
    return support_tickets.update().where(*unrated).values(values).returning(*shown)

"""Statements on ratings."""

from datetime import datetime

from sqlalchemy import Update, null, or_

from shared.core import query
from shared.core.query import Nullable
from shared.domains.support.rows.tickets import RatedRow
from shared.domains.support.tables import support_tickets


@query.maybe(RatedRow)
def rate_by_link(*, digest: bytes, rating: int, feedback: Nullable[str], now: datetime) -> Update:
    """Of many at once one succeeds."""
    has_ended = or_(support_tickets.c.status == "resolved", support_tickets.c.status == "closed")
    unrated = support_tickets.c.survey_digest == digest, support_tickets.c.rated_at.is_(None), has_ended
    values = {"rating": rating, "feedback": feedback, "rated_at": now, "survey_digest": null()}
    shown = support_tickets.c.id, support_tickets.c.tenant_id, support_tickets.c.number
    return support_tickets.update().where(*unrated).values(values).returning(*shown)

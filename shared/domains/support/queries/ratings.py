"""Statements on ratings."""

from datetime import datetime

from sqlalchemy import Update, and_, false, null, true

from shared.core import query
from shared.core.query import Nullable
from shared.domains.support.queries.states import ended_at, runs
from shared.domains.support.rows.tickets import RatedRow
from shared.domains.support.tables import support_tickets


@query.maybe(RatedRow)
def rate_by_link(*, digest: bytes, rating: int, feedback: Nullable[str], now: datetime) -> Update:
    """Of many at once one succeeds."""
    since = support_tickets.c.rated_at >= ended_at  # one of before it was re-opened is replaced
    rated = and_(since, ~support_tickets.c.rated_by_staff)
    unrated = support_tickets.c.survey_digest == digest, rated.is_not(true()), ~runs
    values = {
        "rating": rating, "feedback": feedback, "rated_at": now, "rated_by_staff": false(), "survey_digest": null(),
    }  # fmt: skip
    shown = support_tickets.c.id, support_tickets.c.tenant_id, support_tickets.c.number
    return support_tickets.update().where(*unrated).values(values).returning(*shown)

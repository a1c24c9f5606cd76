"""Health, mails, and the clearing away of what has served its time."""

from datetime import timedelta
from uuid import UUID

from shared.core import keyed, settings
from shared.core import queries as core_queries
from shared.core.call import Call
from shared.domains.platform import queries, rules
from shared.domains.platform.events import MailRequested
from shared.domains.platform.ports import Mail, Mailer
from shared.domains.platform.schemas import Health

KEYS_KEPT = timedelta(hours=24)
EVENTS_KEPT = timedelta(days=14)  # as long as the queues keep a message


def check_database(call: Call) -> Health:
    """Ask the database for one row; the harness answers 503 if it does not come."""
    queries.alive(call.connection)
    return Health(status="ok")


def send_mail(call: Call, id: UUID, event: MailRequested, mailer: Mailer) -> None:
    """Write the mail and hand it over. `id` is the event's, so that a repeat can be told."""
    values = event.values
    if event.link:
        token = keyed.link_secret(event.link.id, settings.secret("SESSION_SECRET"))
        values = values | {"link": f"{event.link.page}?token={token}"}
    mail = rules.written(event.template, values)
    mailer.send(Mail(id=id, to=event.to, subject=mail.subject, text=mail.text, written_at=call.now))


def prune(call: Call) -> int:
    """Delete idempotency keys older than 24 h, and sent events and their inbox rows older than 14 days; how many."""
    keys = core_queries.prune_keys(call.connection, before=call.now - KEYS_KEPT)
    events = core_queries.prune_outbox(call.connection, before=call.now - EVENTS_KEPT)
    limits = core_queries.prune_limits(call.connection, now=call.now)
    return keys + events + limits + core_queries.prune_inbox(call.connection, before=call.now - EVENTS_KEPT)

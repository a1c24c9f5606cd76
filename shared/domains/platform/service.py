"""Health, settings, mails, and the clearing away of what has served its time."""

from datetime import timedelta
from uuid import UUID

from shared.core import keyed
from shared.core import queries as core_queries
from shared.core.call import Call
from shared.domains.platform import queries
from shared.domains.platform.events import MailRequested, TextRequested
from shared.domains.platform.ports import Mail, Mailer, Texter, TextMessage
from shared.domains.platform.rules import mails
from shared.domains.platform.schemas import Health, PlatformSettings, PlatformSettingsChanges

KEYS_KEPT = timedelta(hours=24)
EVENTS_KEPT = timedelta(days=14)  # as long as the queues keep a message


def check_database(call: Call) -> Health:
    """Ask the database for one row; the harness answers 503 if it does not come."""
    queries.alive(call.connection)
    return Health(status="ok")


def get_settings(call: Call) -> PlatformSettings:
    """Every setting, as it stands now."""
    return PlatformSettings.model_validate({row.key: row.value for row in queries.settings(call.connection)})


def change_settings(call: Call, changes: PlatformSettingsChanges) -> PlatformSettings:
    """Change what is given, keep the rest."""
    queries.save_settings(call.connection, changes=changes.model_dump(mode="json", exclude_unset=True))
    return get_settings(call)


def send_mail(call: Call, id: UUID, event: MailRequested, mailer: Mailer) -> None:
    """Write the mail and hand it over. `id` is the event's, so that a repeat can be told."""
    values = event.values
    if event.link:
        token = keyed.link_secret(event.link.id)
        values = values | {"link": f"{event.link.page}?token={token}"}
    if event.code:
        values = values | {"code": keyed.sent_code(event.code)}
    if event.unsubscribe:
        token = keyed.signed("unsubscribe", event.unsubscribe.of)
        values = values | {"unsubscribe": f"{event.unsubscribe.page}/{token}"}
    subject, text = mails.written(event.template, values)
    link = values.get("unsubscribe", "")
    mailer.send(Mail(id=id, to=event.to, subject=subject, text=text, written_at=call.now, unsubscribe=link))


def send_text(call: Call, id: UUID, event: TextRequested, texter: Texter) -> None:
    """Write the text message and hand it over. `id` is the event's."""
    code = keyed.sent_code(event.code)
    texter.send(TextMessage(id=id, to=event.to, text=mails.CODE_AS_TEXT.format(code=code), written_at=call.now))


def prune(call: Call) -> int:
    """Delete idempotency keys older than 24 h, sent events and their inbox rows older than 14 days, and limits that are
    paid back: a slice of each; how many."""
    keys = core_queries.prune_keys(call.connection, before=call.now - KEYS_KEPT)
    events = core_queries.prune_outbox(call.connection, before=call.now - EVENTS_KEPT)
    limits = core_queries.prune_limits(call.connection, now=call.now)
    return keys + events + limits + core_queries.prune_inbox(call.connection, before=call.now - EVENTS_KEPT)

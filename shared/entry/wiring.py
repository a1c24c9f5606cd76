"""Joins the ports of the domains to their adapters, each imported when first asked for."""

from functools import cache
from typing import TYPE_CHECKING

from shared.core import settings

if TYPE_CHECKING:
    from shared.core.outbox import Bus
    from shared.domains.platform.ports import Mailer, Texter
    from shared.domains.quotes.ports import QuotationPrinter, SpreadsheetReader
    from shared.domains.second_factor.ports import Vault
    from shared.domains.support.ports import Files, Links
    from shared.domains.tenancy.ports import Archives


def _looked_up(arn: str) -> str:
    from shared.adapters import secrets

    return secrets.read(arn)


settings.lookup = _looked_up


@cache
def bus() -> "Bus":
    from shared.adapters.event_bus import EventBridge

    return EventBridge(settings.read("EVENT_BUS"))


@cache
def mailer() -> "Mailer":
    if relay := settings.read("MAIL_SMTP"):
        from shared.adapters.mail_smtp import Smtp

        return Smtp(relay, settings.read("MAIL_FROM"))
    from shared.adapters.mail_ses import Ses

    return Ses(settings.read("MAIL_FROM"))


@cache
def texter() -> "Texter":
    if relay := settings.read("TEXT_SMTP"):
        from shared.adapters.text_smtp import TextsAsMails

        return TextsAsMails(relay, settings.read("MAIL_FROM"))
    from shared.adapters.text_sns import Sns

    return Sns(settings.read("TEXT_SENDER"))


def nudge_relay() -> None:
    """Wake the outbox relay; its schedule finds the event too, only later."""
    if queue := settings.read("OUTBOX_QUEUE_URL"):
        from shared.adapters import outbox_queue

        outbox_queue.nudge(queue)


@cache
def archives() -> "Archives":
    from shared.adapters.storage_s3 import S3

    return S3(settings.read("EXPORT_BUCKET"))


@cache
def attached_files() -> "Files":
    from shared.adapters.attachments_s3 import AttachedFiles

    return AttachedFiles(settings.read("ATTACHMENT_BUCKET"))


@cache
def file_links() -> "Links":
    from shared.adapters.links_cloudfront import CloudFront

    origin, key_id = settings.read("FILES_URL"), settings.read("FILES_KEY_ID")
    return CloudFront(origin, key_id, settings.secret("FILES_SIGNING_KEY"))


@cache
def quotation_printer() -> "QuotationPrinter":
    from shared.adapters import quotation_pdf

    return quotation_pdf


@cache
def spreadsheet_reader() -> "SpreadsheetReader":
    from shared.adapters import spreadsheet

    return spreadsheet


@cache
def vault() -> "Vault":
    from shared.adapters.envelope import Envelope

    return Envelope(settings.secret("FACTOR_KEY"))

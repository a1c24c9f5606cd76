"""A mailbox: an SMTP server that keeps what it is sent, one mail per Message-ID."""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from local.children import LOOPBACK, free_port


class Mailbox:
    """`address` is what MAIL_SMTP takes."""

    def __init__(self) -> None:
        self._mails: list[dict[str, Any]] = []
        self._lock = threading.Lock()
        port = free_port()
        self.address = f"{LOOPBACK}:{port}"
        self._controller = Controller(self, hostname=LOOPBACK, port=port, data_size_limit=40 * 1024 * 1024)
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    def received(self, recipient: str = "") -> list[dict[str, Any]]:
        """The mails, oldest first; all, or those to one address."""
        with self._lock:
            wanted = recipient.casefold()
            return [mail for mail in self._mails if not wanted or wanted in map(str.casefold, mail["to"])]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        message = message_from_bytes(cast(bytes, envelope.content), policy=policy.default)
        mail = _described(message, envelope.rcpt_tos)
        with self._lock:
            if not mail["message_id"] or all(known["message_id"] != mail["message_id"] for known in self._mails):
                self._mails.append(mail)
        return "250 OK"


def _described(message: EmailMessage, recipients: Sequence[str]) -> dict[str, Any]:
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    addressed = [address for _, address in getaddresses([str(line) for line in message.get_all("To", [])])]
    return {
        "message_id": str(message["Message-ID"] or ""),
        "from": str(message["From"] or ""),
        "to": list(dict.fromkeys([*recipients, *addressed])),
        "subject": str(message["Subject"] or ""),
        "text": _lines(text),
        "html": _lines(html),
        "attachments": [part.get_filename() for part in message.iter_attachments()],
        "headers": {name.lower(): str(value) for name, value in message.items()},
        "received_at": datetime.now(UTC).isoformat(),
    }


def _lines(part: MIMEPart | None) -> str:
    """As they were before SMTP ended each with CRLF."""
    return str(part.get_content()).replace("\r\n", "\n") if part else ""

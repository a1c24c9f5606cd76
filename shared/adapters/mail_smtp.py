"""Mail through an SMTP server; the local stack's catches it."""

import smtplib

from shared.adapters import mail_message
from shared.domains.platform.ports import Mail


class Smtp:
    """`Mailer` over plain SMTP; `relay` is host:port."""

    def __init__(self, relay: str, sender: str) -> None:
        host, _, port = relay.rpartition(":")
        self._address, self._sender = (host, int(port)), sender

    def send(self, mail: Mail) -> None:
        with smtplib.SMTP(*self._address, timeout=10) as server:
            server.send_message(mail_message.build(mail, self._sender))

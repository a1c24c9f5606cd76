"""Mail through an SMTP server; the local stack's catches it."""

import smtplib
from email.policy import SMTP
from email.utils import parseaddr

from shared.adapters import mail_message
from shared.domains.platform.ports import Mail


class Smtp:
    """`Mailer` over plain SMTP; `relay` is host:port."""

    def __init__(self, relay: str, sender: str) -> None:
        host, _, port = relay.rpartition(":")
        self._address, self._sender = (host, int(port)), sender

    def send(self, mail: Mail) -> None:
        message = mail_message.build(mail, self._sender).as_bytes(
            policy=SMTP
        )  # send_message() would turn From into >From
        with smtplib.SMTP(*self._address, timeout=10) as server:
            server.sendmail(parseaddr(self._sender)[1], [mail.to], message)

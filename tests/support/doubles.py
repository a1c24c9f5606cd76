"""Doubles of other people's systems: AWS (moto) and a mail server, both on loopback."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from moto.server import ThreadedMotoServer

from local.children import LOOPBACK, free_port


@contextmanager
def aws() -> Iterator[str]:
    """An empty AWS that boto3 in this process talks to; answers its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    os.environ["AWS_ENDPOINT_URL"] = f"http://{host}:{port}"
    try:
        yield os.environ["AWS_ENDPOINT_URL"]
    finally:
        del os.environ["AWS_ENDPOINT_URL"]
        server.stop()


class MailServer:
    """Catches what is sent to it; `broken` refuses."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.broken = False
        self.lock = threading.Lock()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.broken:
            return "451 try again later"
        with self.lock:
            self.mails.append(BytesParser(policy=default).parsebytes(bytes(envelope.content or b"")))
        return "250 taken"


@contextmanager
def mail_server() -> Iterator[tuple[MailServer, str]]:
    """A mail server and its host:port."""
    caught = MailServer()
    controller = Controller(caught, hostname=LOOPBACK, port=free_port())
    controller.start()
    try:
        yield caught, f"{LOOPBACK}:{controller.port}"
    finally:
        controller.stop()

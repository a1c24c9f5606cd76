"""Text messages as mails, to an address made of the number; the local stack catches them together with its mails."""

from shared.adapters.mail_smtp import Smtp
from shared.domains.platform.ports import Mail, TextMessage

DOMAIN = "text.example"  # 919876543210@text.example: without +, which is a blank in the query of a URL


class TextsAsMails:
    """`Texter` over plain SMTP; `relay` is host:port."""

    def __init__(self, relay: str, sender: str) -> None:
        self._smtp = Smtp(relay, sender)

    def send(self, message: TextMessage) -> None:
        to = f"{message.to.lstrip('+')}@{DOMAIN}"
        self._smtp.send(Mail(message.id, to, "Text message", f"{message.text}\n", message.written_at))

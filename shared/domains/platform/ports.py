"""What this domain needs of the outside: somebody who takes mails, and somebody who takes text messages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Mail:
    id: UUID  # of the event that asked for it: a repeated delivery carries the same
    to: str
    subject: str
    text: str
    written_at: datetime
    unsubscribe: str = ""  # the link by which its recipient gets no more of its kind


class Mailer(Protocol):
    def send(self, mail: Mail) -> None:
        """Hand the mail over; an error means that it may be sent again."""
        ...


@dataclass(frozen=True, slots=True)
class TextMessage:
    id: UUID  # as a mail's
    to: str  # + and digits
    text: str
    written_at: datetime


class Texter(Protocol):
    def send(self, message: TextMessage) -> None:
        """Hand the message over; an error means that it may be sent again."""
        ...

"""What this domain needs of the outside: somebody who takes mails."""

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


class Mailer(Protocol):
    def send(self, mail: Mail) -> None:
        """Hand the mail over; an error means that it may be sent again."""
        ...

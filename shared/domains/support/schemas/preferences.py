"""Which mails about tickets somebody wants."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from shared.core.fields import Input
from shared.core.files import Html

Wish = Literal["ticket_created", "ticket_reply", "ticket_resolved"]  # what a user can do without
UnsubscribeToken = Annotated[str, Field(pattern="^[A-Za-z0-9_-]{32,128}$", examples=["n" * 84])]


class NotificationChoice(Input):
    email: bool = Field(strict=True)


class NotificationPreferences(BaseModel):
    """Who has chosen nothing gets every mail."""

    ticket_created: NotificationChoice = Field(description="we have got a ticket")
    ticket_reply: NotificationChoice = Field(description="somebody has answered in it")
    ticket_resolved: NotificationChoice = Field(description="it is resolved or closed, with the link to rate it")


class NotificationPreferencesIn(Input):
    """What is left out stays as it is."""

    ticket_created: NotificationChoice | None = None
    ticket_reply: NotificationChoice | None = None
    ticket_resolved: NotificationChoice | None = None


class UnsubscribePage(Html):
    """Its only button sends the form to where the page came from."""

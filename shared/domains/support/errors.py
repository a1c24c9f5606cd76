"""What can be refused here."""

from collections.abc import Sequence
from typing import Self

from shared.core.errors import Conflict, Gone, NotFound


class TicketNotFound(NotFound):
    title = "There is no such ticket"


class RequesterNotFound(NotFound):
    title = "There is no such user for whom you may open a ticket"

    @classmethod
    def named_in_body(cls) -> Self:
        return cls(errors=[{"pointer": "#/requester_id", "detail": cls.title}])


class AgentNotFound(NotFound):
    title = "There is nobody of this id who works on tickets"

    @classmethod
    def named_at(cls, pointer: str) -> Self:
        return cls(errors=[{"pointer": pointer, "detail": cls.title}])


class AttachmentNotFound(NotFound):
    title = "There is no such attachment"


class AttachmentNotOffered(NotFound):
    title = "There is no such attachment of yours that is not in a message yet"

    @classmethod
    def named_in_body(cls) -> Self:
        return cls(errors=[{"pointer": "#/attachment_ids", "detail": cls.title}])


class TooManyUnnamedAttachments(Conflict):
    title = "Too many of your files are in no message yet"

    @classmethod
    def of(cls, most: int) -> Self:
        detail = f"Post a message that names some of the {most}, or wait: files that are in none go after a day."
        return cls(detail, most=most)


class TicketMoveRefused(Conflict):
    title = "A ticket does not go from this state to that one"

    @classmethod
    def of(cls, current: str, wanted: str, allowed: Sequence[str]) -> Self:
        places = ", ".join(allowed) or "nowhere: open a new one"
        detail = f"A ticket that is {current} does not become {wanted}; from there it goes to {places}."
        return cls(detail.replace("_", " "), current=current, wanted=wanted, allowed=list(allowed))


class TicketIsClosed(Conflict):
    title = "This ticket is closed: open a new one"


class TicketHasEnded(Conflict):
    title = "This ticket has ended: re-open it, or open a new one"


class TicketNotResolved(Conflict):
    title = "Only what is resolved is re-opened; a closed ticket stays closed"


class TicketNotEnded(Conflict):
    title = "A ticket is rated once it is resolved or closed"


class TicketAlreadyRated(Conflict):
    title = "This ticket was rated before"


class RatingLinkGone(Gone):
    title = "This ticket was rated or goes on, or a newer mail has another link; sign in to see your tickets"


class CalendarNotFound(NotFound):
    title = "There is no such calendar"

    @classmethod
    def named_in_body(cls) -> Self:
        return cls(errors=[{"pointer": "#/calendar_id", "detail": cls.title}])


class CalendarNameTaken(Conflict):
    title = "There is a calendar of this name"


class CalendarInUse(Conflict):
    title = "A rule uses this calendar: give that another one first"


class SlaRuleNotFound(NotFound):
    title = "There is no such rule"


class SlaRuleTaken(Conflict):
    title = "There is a rule for this priority and category: change that one"


class AgentExists(Conflict):
    title = "This admin is an agent already: change that"


class CannedResponseNotFound(NotFound):
    title = "There is no such canned response"


class CannedResponseExists(Conflict):
    title = "Another canned response has this title"

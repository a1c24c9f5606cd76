"""Events of this domain."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel

SecondFactorMail = Literal[
    "SECOND_FACTOR_ENABLED",
    "SECOND_FACTOR_DISABLED",
    "SECOND_FACTOR_BLOCKED",
    "SECOND_FACTOR_RESET",
    "BACKUP_CODE_USED",
]
AccountMail = Literal[
    "ACCOUNT_DISABLED",
    "ACCOUNT_ENABLED",
    "ACCOUNT_DELETED",
    "LAST_ACCOUNT_DELETED",
    "MEMBER_ADDED",
    "ADDRESS_CHANGED",
    "TENANT_SUSPENDED",
    "TENANT_REACTIVATED",
]
TenancyMail = Literal["EXPORT_READY", "TENANT_CLOSED"]
StaffMail = Literal["STAFF_INVITED", "ADMIN_PASSWORD_RESET", "BREAK_GLASS_USED"]
OnboardingMail = Literal[
    "ADMIN_APPROVAL_SUBMITTED", "APPROVAL_APPROVED", "APPROVAL_REJECTED", "ONBOARDING_REMINDER",
    "TRIAL_INVITED", "TRIAL_STARTED",
]  # fmt: skip
TicketMail = Literal[
    "TICKET_CREATED", "TICKET_REPLIED", "TICKET_ENDED",
    "TICKET_WAITING", "TICKET_ANSWERED", "TICKET_ASSIGNED", "TICKET_DUE_SOON", "TICKET_OVERDUE", "TICKET_ESCALATED",
]  # fmt: skip
MailTemplateName = (
    Literal["USER_SIGNUP", "EMAIL_VERIFICATION", "PASSWORD_RESET", "PASSWORD_CHANGED", "MEMBER_INVITED", "USER_INVITED"]
    | SecondFactorMail
    | Literal["SECOND_FACTOR_CODE"]
    | StaffMail
    | OnboardingMail
    | TenancyMail
    | AccountMail
    | Literal["IMPERSONATION_STARTED"]
    | TicketMail
)


class MailLink(BaseModel):
    """A link whose secret is made of its id when the mail is written: the event does not hold it."""

    page: str
    id: UUID


class Unsubscription(BaseModel):
    """What a mail's recipient no longer gets by one click; the link's proof is made when the mail is written."""

    page: str
    of: str  # whom and what, as the link shall say it


class MailRequested(BaseModel):
    """Somebody is to get a mail made from a built-in template; `link`, `code` and `unsubscribe` become the values of
    that name.

    `code` is the id of six digits that, like a link's secret, are made when the mail is written.
    """

    to: str
    template: MailTemplateName
    values: dict[str, str]
    link: MailLink | None = None
    code: UUID | None = None
    unsubscribe: Unsubscription | None = None  # of what is not essential


class TextRequested(BaseModel):
    """A phone is to get the six digits made of the id `code`, as a text message."""

    to: str
    code: UUID

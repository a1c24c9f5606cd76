"""Events of this domain."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel

SecondFactorMail = Literal[
    "SECOND_FACTOR_ENABLED", "SECOND_FACTOR_DISABLED", "SECOND_FACTOR_BLOCKED", "BACKUP_CODE_USED"
]
TenancyMail = Literal["EXPORT_READY", "TENANT_CLOSED"]
MailTemplateName = (
    Literal["USER_SIGNUP", "EMAIL_VERIFICATION", "PASSWORD_RESET", "PASSWORD_CHANGED", "MEMBER_INVITED"]
    | SecondFactorMail
    | TenancyMail
)


class MailLink(BaseModel):
    """A link whose secret is made of its id when the mail is written: the event does not hold it."""

    page: str
    id: UUID


class MailRequested(BaseModel):
    """Somebody is to get a mail made from a built-in template; `link` becomes the value of that name."""

    to: str
    template: MailTemplateName
    values: dict[str, str]
    link: MailLink | None = None

"""Events of this domain."""

from typing import Literal

from pydantic import BaseModel


class MailRequested(BaseModel):
    """Somebody is to get a mail made from a built-in template."""

    to: str
    template: Literal["USER_SIGNUP"]
    values: dict[str, str]

"""What other domains may ask of the platform."""

from uuid import UUID

from shared.core import outbox, settings
from shared.core.call import Call
from shared.domains.platform.events import MailRequested


def welcome(call: Call, *, to: str, full_name: str, company_name: str, tenant_id: UUID) -> None:
    """Ask for the mail that greets a new user; it leaves after the commit."""
    values = {"full_name": full_name, "company_name": company_name, "app_url": settings.read("APP_URL")}
    outbox.announce(call, MailRequested(to=to, template="USER_SIGNUP", values=values), tenant_id=tenant_id)

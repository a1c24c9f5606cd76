"""What other domains may ask of the platform."""

from datetime import datetime
from uuid import UUID

from shared.core import outbox, settings
from shared.core.call import Call
from shared.domains.platform.events import MailLink, MailRequested
from shared.domains.platform.events import SecondFactorMail as SecondFactorMail


def welcome(call: Call, *, to: str, full_name: str, company_name: str, tenant_id: UUID, link_id: UUID) -> None:
    """Ask for the mail that greets a new user and lets him confirm his address; it leaves after the commit."""
    values, link = {"full_name": full_name, "company_name": company_name}, link_to("verify-email", link_id)
    outbox.announce(call, MailRequested(to=to, template="USER_SIGNUP", values=values, link=link), tenant_id=tenant_id)


def verify_email(call: Call, *, to: str, full_name: str, tenant_id: UUID, link_id: UUID) -> None:
    """Ask for the mail by which somebody confirms his address."""
    values, link = {"full_name": full_name}, link_to("verify-email", link_id)
    mail = MailRequested(to=to, template="EMAIL_VERIFICATION", values=values, link=link)
    outbox.announce(call, mail, tenant_id=tenant_id)


def reset_password(call: Call, *, to: str, full_name: str, tenant_id: UUID, link_id: UUID) -> None:
    """Ask for the mail by which somebody who forgot his password chooses another."""
    values, link = {"full_name": full_name}, link_to("reset-password", link_id)
    mail = MailRequested(to=to, template="PASSWORD_RESET", values=values, link=link)
    outbox.announce(call, mail, tenant_id=tenant_id)


def password_changed(call: Call, *, to: str, full_name: str, tenant_id: UUID) -> None:
    """Ask for the mail that tells somebody of it."""
    mail = MailRequested(to=to, template="PASSWORD_CHANGED", values={"full_name": full_name})
    outbox.announce(call, mail, tenant_id=tenant_id)


def second_factor_changed(
    call: Call, template: SecondFactorMail, *, to: str, full_name: str, tenant_id: UUID, **values: str
) -> None:
    """Ask for the mail that tells somebody what happened to his second factor."""
    mail = MailRequested(to=to, template=template, values={"full_name": full_name, **values})
    outbox.announce(call, mail, tenant_id=tenant_id)


def invite(call: Call, *, to: str, inviter: str, company_name: str, link_id: UUID) -> None:
    """Ask for the mail that invites somebody into the caller's tenant."""
    values, link = {"inviter": inviter, "company_name": company_name}, link_to("accept-invite", link_id)
    outbox.announce(call, MailRequested(to=to, template="MEMBER_INVITED", values=values, link=link))


def export_ready(call: Call, *, to: str, full_name: str, export_id: UUID) -> None:
    """Ask for the mail that tells somebody of the archive he wanted: a page of the product, not the signed link."""
    values = {"full_name": full_name, "link": f"{settings.read('APP_URL')}/tenant/exports/{export_id}"}
    outbox.announce(call, MailRequested(to=to, template="EXPORT_READY", values=values))


def tenant_closed(call: Call, *, to: str, full_name: str, company_name: str, erase_at: datetime, link_id: UUID) -> None:
    """Ask for the mail that tells an owner until when he can undo it, and gives him the link."""
    values = {"full_name": full_name, "company_name": company_name, "erase_at": f"{erase_at:%d %B %Y, %H:%M} UTC"}
    link = link_to("reopen-tenant", link_id)
    outbox.announce(call, MailRequested(to=to, template="TENANT_CLOSED", values=values, link=link))


def link_to(page: str, link_id: UUID) -> MailLink:
    """The link of a mail: a page of the product with the secret of `link_id` (shared.core.keyed.link_secret)."""
    return MailLink(page=settings.read("APP_URL") + f"/{page}", id=link_id)

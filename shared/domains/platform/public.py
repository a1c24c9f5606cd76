"""What other domains may ask of the platform."""

from datetime import datetime
from uuid import UUID

from shared.core import outbox, settings
from shared.core.call import Call
from shared.domains.platform.events import AccountMail as AccountMail
from shared.domains.platform.events import MailLink, MailRequested, TextRequested, Unsubscription
from shared.domains.platform.events import SecondFactorMail as SecondFactorMail
from shared.domains.platform.events import TicketMail as TicketMail


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


def user_invited(call: Call, *, to: str, full_name: str, company_name: str, tenant_id: UUID, link_id: UUID) -> None:
    """Ask for the mail by which somebody whom an admin made a user chooses his password."""
    values, link = {"full_name": full_name, "company_name": company_name}, link_to("reset-password", link_id)
    outbox.announce(call, MailRequested(to=to, template="USER_INVITED", values=values, link=link), tenant_id=tenant_id)


def account_changed(
    call: Call, template: AccountMail, *, to: str, full_name: str, tenant_id: UUID, **values: str
) -> None:
    """Ask for the mail that tells somebody what an admin did with his account, or his company's."""
    mail = MailRequested(to=to, template=template, values={"full_name": full_name, **values})
    outbox.announce(call, mail, tenant_id=tenant_id)


def second_factor_changed(
    call: Call, template: SecondFactorMail, *, to: str, full_name: str, tenant_id: UUID | None, **values: str
) -> None:
    """Ask for the mail that tells somebody what happened to his second factor."""
    mail = MailRequested(to=to, template=template, values={"full_name": full_name, **values})
    outbox.announce(call, mail, tenant_id=tenant_id)


def mail_code(call: Call, *, to: str, full_name: str, tenant_id: UUID | None, code_id: UUID) -> None:
    """Ask for the mail with the six digits of a code (shared.core.keyed.sent_code)."""
    mail = MailRequested(to=to, template="SECOND_FACTOR_CODE", values={"full_name": full_name}, code=code_id)
    outbox.announce(call, mail, tenant_id=tenant_id)


def text_code(call: Call, *, to: str, tenant_id: UUID | None, code_id: UUID) -> None:
    """Ask for the same as a text message; `to` is the number, + and digits."""
    outbox.announce(call, TextRequested(to=to, code=code_id), tenant_id=tenant_id)


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


def invite_staff(call: Call, *, to: str, full_name: str, role: str, link_id: UUID) -> None:
    """Ask for the mail by which a new admin chooses his password."""
    values, link = {"full_name": full_name, "role": role.replace("_", " ")}, link_to("admin/set-password", link_id)
    outbox.announce(call, MailRequested(to=to, template="STAFF_INVITED", values=values, link=link))


def reset_admin_password(call: Call, *, to: str, full_name: str, link_id: UUID) -> None:
    """Ask for the mail by which an admin chooses another password."""
    values, link = {"full_name": full_name}, link_to("admin/set-password", link_id)
    outbox.announce(call, MailRequested(to=to, template="ADMIN_PASSWORD_RESET", values=values, link=link))


def break_glass_used(call: Call, *, to: str, full_name: str, whose: str) -> None:
    """Ask for the mail that tells a super admin who came past the list of allowed addresses, when and from where."""
    values = {
        "full_name": full_name,
        "whose": whose,
        "at": f"{call.now:%d %B %Y, %H:%M} UTC",
        "address": call.client_ip,
    }
    outbox.announce(call, MailRequested(to=to, template="BREAK_GLASS_USED", values=values))


def impersonation_started(
    call: Call,
    *,
    to: str,
    full_name: str,
    tenant_id: UUID,
    admin: str,
    user: str,
    reason: str,
    until: datetime,
    writes: bool,
) -> None:
    """Ask for the mail that tells an owner who acts in the name of a member of his tenant, and why."""
    values = {
        "full_name": full_name,
        "admin": admin,
        "user": user,
        "reason": reason,
        "until": f"{until:%d %B %Y, %H:%M} UTC",
        "extent": "may change what that member may" if writes else "changes nothing",
    }
    outbox.announce(call, MailRequested(to=to, template="IMPERSONATION_STARTED", values=values), tenant_id=tenant_id)


def approval_submitted(call: Call, *, to: str, user_id: UUID) -> None:
    """Ask for the mail that tells an admin that a company waits: a page of the product, and none of its names."""
    values = {"link": f"{settings.read('APP_URL')}/admin/users/{user_id}"}
    outbox.announce(call, MailRequested(to=to, template="ADMIN_APPROVAL_SUBMITTED", values=values))


def approval_decided(
    call: Call, *, to: str, full_name: str, company_name: str, tenant_id: UUID, reason: str | None
) -> None:
    """Ask for the mail that tells an owner that his company was approved, or for which reason it was not."""
    values = {"full_name": full_name, "company_name": company_name}
    mail = MailRequested(to=to, template="APPROVAL_APPROVED", values=values)
    if reason is not None:
        mail = MailRequested(to=to, template="APPROVAL_REJECTED", values={**values, "reason": reason})
    outbox.announce(call, mail, tenant_id=tenant_id)


def remind_of_onboarding(call: Call, *, to: str, full_name: str, company_name: str, tenant_id: UUID) -> None:
    """Ask for the mail that reminds an owner to submit his company."""
    link = f"{settings.read('APP_URL')}/onboarding"
    values = {"full_name": full_name, "company_name": company_name, "link": link}
    outbox.announce(call, MailRequested(to=to, template="ONBOARDING_REMINDER", values=values), tenant_id=tenant_id)


def trial_invite(call: Call, *, to: str, trial_days: int, link_id: UUID) -> None:
    """Ask for the mail that invites somebody to try the product."""
    values, link = {"trial_days": str(trial_days)}, link_to("sign-up", link_id)
    outbox.announce(call, MailRequested(to=to, template="TRIAL_INVITED", values=values, link=link))


def trial_started(
    call: Call, *, to: str, full_name: str, company_name: str, tenant_id: UUID, trial_ends_at: datetime
) -> None:
    """Ask for the mail that greets a new user who was invited: his address needs no confirming."""
    values = {"full_name": full_name, "company_name": company_name, "until": f"{trial_ends_at:%d %B %Y, %H:%M} UTC"}
    outbox.announce(call, MailRequested(to=to, template="TRIAL_STARTED", values=values), tenant_id=tenant_id)


def ticket_news(
    call: Call,
    template: TicketMail,
    *,
    to: str,
    full_name: str,
    values: dict[str, str],
    page: str = "",
    link_id: UUID | None = None,
    unsubscribe: str = "",
) -> None:
    """Ask for a mail about a ticket. Its link is to a page of the product, with the secret of `link_id` where given.

    `unsubscribe` says, to whoever reads that link, what its recipient can do without; it is empty of what is his work.
    """
    product = settings.read("APP_URL")
    values = values | {"full_name": full_name} | ({"link": f"{product}/{page}"} if page else {})
    link = link_to(page, link_id) if link_id else None
    choice = Unsubscription(page=f"{product}/api/public/unsubscribe", of=unsubscribe) if unsubscribe else None
    outbox.announce(call, MailRequested(to=to, template=template, values=values, link=link, unsubscribe=choice))


def link_to(page: str, link_id: UUID) -> MailLink:
    """The link of a mail: a page of the product with the secret of `link_id` (shared.core.keyed.link_secret)."""
    return MailLink(page=settings.read("APP_URL") + f"/{page}", id=link_id)

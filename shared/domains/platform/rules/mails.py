"""The built-in mails: plain text, one recipient, at most one link."""

import re
from typing import NamedTuple

from shared.domains.platform.rules.ticket_mails import TICKET_MAILS

NAMES = "full_name", "company_name", "inviter", "member"


class MailTemplate(NamedTuple):
    subject: str
    text: str


def unlinked(name: str) -> str:
    """A name, which anybody may have chosen, as it stands in a mail to anybody: no mail reader makes a link of it."""
    return re.sub(r"[.:/@](?=[^\s.:/@])", r"\g<0> ", name)


MAILS = {name: MailTemplate(*mail) for name, mail in TICKET_MAILS.items()} | {
    "USER_SIGNUP": MailTemplate(
        "Welcome to BoxCostPro, {full_name}",
        "Dear {full_name},\n\n"
        "{company_name} is set up: paper prices, flutes and shades have their usual defaults. Adjust the prices\n"
        "to yours, then price a box or upload a spreadsheet of boxes and download the quotation.\n\n"
        "Confirm with this link, within 24 hours, that this address is yours:\n\n"
        "{link}\n\n"
        "If it was not you who signed up, do not open it: whoever did would then have an account in your name.\n\n"
        "BoxCostPro\n",
    ),
    "EMAIL_VERIFICATION": MailTemplate(
        "Confirm your e-mail address",
        "Dear {full_name},\n\n"
        "Confirm with this link, within 24 hours, that this address is yours. Links sent before no longer work.\n\n"
        "{link}\n\n"
        "If you have no account with us, do not open it.\n\n"
        "BoxCostPro\n",
    ),
    "PASSWORD_RESET": MailTemplate(
        "Choose a new password",
        "Dear {full_name},\n\n"
        "With this link you choose a new password, once and within 30 minutes. Links sent before no longer work.\n\n"
        "{link}\n\n"
        "Every device is then signed out. If you did not ask for this, do nothing: your password stays as it is.\n\n"
        "BoxCostPro\n",
    ),
    "PASSWORD_CHANGED": MailTemplate(
        "Your password was changed",
        "Dear {full_name},\n\n"
        "The password of your account was changed, and your other devices were signed out. If a link that we mailed\n"
        "was used for it, your API keys were revoked as well: programs need new ones.\n\n"
        "If it was not you, choose a new password at once: ask for a link where you sign in.\n\n"
        "BoxCostPro\n",
    ),
    "MEMBER_INVITED": MailTemplate(
        "{inviter} invites you to {company_name} on BoxCostPro",
        "{inviter} invites you to work with {company_name} on BoxCostPro. Sign in with this address, or sign up and\n"
        "confirm it, then accept with this link, once and within 7 days. Links sent before no longer work.\n\n"
        "{link}\n\n"
        "Whoever is alone in a company here leaves it by that: it is closed, and its data are erased after 30 days.\n"
        "If you do not know {company_name}, do nothing.\n\n"
        "BoxCostPro\n",
    ),
    "USER_INVITED": MailTemplate(
        "Your account of {company_name} on BoxCostPro",
        "Dear {full_name},\n\n"
        "There is an account in your name, with this address, for {company_name}. Choose a password with this link,\n"
        "once and within 7 days. Links sent before no longer work.\n\n"
        "{link}\n\n"
        "Later on you can have yourself sent another one where you sign in. If you do not know {company_name}, do\n"
        "nothing.\n\n"
        "BoxCostPro\n",
    ),
    "ACCOUNT_DISABLED": MailTemplate(
        "Your account is disabled",
        "Dear {full_name},\n\n"
        "We have disabled your account for this reason: {reason}\n\n"
        "You are signed out everywhere, and your API keys are refused. Nothing of yours was deleted.\n\n"
        "BoxCostPro\n",
    ),
    "ACCOUNT_ENABLED": MailTemplate(
        "Your account is enabled again",
        "Dear {full_name},\n\n"
        "You can sign in again, with the password you had; your API keys work again too.\n\n"
        "BoxCostPro\n",
    ),
    "ACCOUNT_DELETED": MailTemplate(
        "Your account is deleted",
        "Dear {full_name},\n\n"
        "We have deleted your account. What you made for {company_name} stays with {company_name}.\n\n"
        "BoxCostPro\n",
    ),
    "LAST_ACCOUNT_DELETED": MailTemplate(
        "Your account is deleted",
        "Dear {full_name},\n\n"
        "We have deleted your account. Nobody is left in {company_name}, so it is closed, and all its data is erased\n"
        "within 30 days.\n\n"
        "BoxCostPro\n",
    ),
    "MEMBER_ADDED": MailTemplate(
        "{member} was added to {company_name}",
        "Dear {full_name},\n\n"
        "The support of BoxCostPro has added {member}, {email}, to {company_name} as {role}.\n\n"
        "If nobody of {company_name} asked for it, take {member} off your members and write to us at once.\n\n"
        "BoxCostPro\n",
    ),
    "ADDRESS_CHANGED": MailTemplate(
        "The address of your account was changed",
        "Dear {full_name},\n\n"
        "At your or your company's request we have changed the address you sign in with to {email}.\n\n"
        "If you know nothing of it, write to us at once.\n\n"
        "BoxCostPro\n",
    ),
    "TENANT_SUSPENDED": MailTemplate(
        "{company_name} is suspended",
        "Dear {full_name},\n\n"
        "We have suspended the account of {company_name} for this reason: {reason}\n\n"
        "Everybody was signed out, and API keys are refused. Nothing was deleted.\n\n"
        "BoxCostPro\n",
    ),
    "TENANT_REACTIVATED": MailTemplate(
        "{company_name} is active again",
        "Dear {full_name},\n\n"
        "Everybody of {company_name} can sign in again, and API keys work as they did before.\n\n"
        "BoxCostPro\n",
    ),
    "SECOND_FACTOR_ENABLED": MailTemplate(
        "Your second factor is on",
        "Dear {full_name},\n\n"
        "From now on signing in wants a code besides the password; your other devices were signed out.\n"
        "Keep the backup codes where you find them without your phone.\n\n"
        "If it was not you, choose a new password at once and write to us.\n\n"
        "BoxCostPro\n",
    ),
    "SECOND_FACTOR_DISABLED": MailTemplate(
        "Your second factor is off",
        "Dear {full_name},\n\n"
        "From now on your password alone is enough to sign in.\n\n"
        "If it was not you, choose a new password at once and set up a second factor again.\n\n"
        "BoxCostPro\n",
    ),
    "SECOND_FACTOR_BLOCKED": MailTemplate(
        "Codes are refused for now",
        "Dear {full_name},\n\n"
        "Too many wrong codes in a row were given for your account, so codes are refused until you sign in with\n"
        "one of your backup codes. If you have none left, ask us to reset your second factor.\n\n"
        "If it was not you who tried them, somebody knows your password: choose a new one.\n\n"
        "BoxCostPro\n",
    ),
    "SECOND_FACTOR_RESET": MailTemplate(
        "Your second factor was reset",
        "Dear {full_name},\n\n"
        "One of our staff removed the second factor of your account; your password alone is enough to sign in.\n"
        "Set up a second factor again when you have signed in.\n\n"
        "If you did not ask for this, choose a new password at once and write to us.\n\n"
        "BoxCostPro\n",
    ),
    "SECOND_FACTOR_CODE": MailTemplate(
        "Your code",
        "Dear {full_name},\n\n"
        "{code} is your code. It counts for five minutes, once.\n\n"
        "If you did not ask for it, tell it to nobody: somebody knows your password, so choose a new one.\n\n"
        "BoxCostPro\n",
    ),
    "BACKUP_CODE_USED": MailTemplate(
        "A backup code was used",
        "Dear {full_name},\n\n"
        "One of your backup codes took the place of a code; {left} are left. Have new ones made when few\n"
        "are left.\n\n"
        "If it was not you, choose a new password and new backup codes at once.\n\n"
        "BoxCostPro\n",
    ),
    "EXPORT_READY": MailTemplate(
        "Your data is ready to download",
        "Dear {full_name},\n\n"
        "The archive you asked for is ready, and is kept for seven days:\n\n"
        "{link}\n\n"
        "If you did not ask for it, sign in and end the sessions that are not yours.\n\n"
        "BoxCostPro\n",
    ),
    "TENANT_CLOSED": MailTemplate(
        "{company_name} is closed",
        "Dear {full_name},\n\n"
        "The account of {company_name} was closed, and everybody was signed out. On {erase_at} all its data is\n"
        "erased. Until then this link reopens it:\n\n"
        "{link}\n\n"
        "API keys do not come back.\n\n"
        "BoxCostPro\n",
    ),
    "IMPERSONATION_STARTED": MailTemplate(
        "Our support acts in the account of {user}",
        "Dear {full_name},\n\n"
        "Until {until} at the latest {admin} of the support of BoxCostPro sees what {user} sees, and {extent}.\n"
        "The reason given is: {reason}\n\n"
        "Whoever it is changes no password, second factor or API key and exports nothing. You see it among your\n"
        "sessions, where you can end it at once.\n\n"
        "If you did not expect it, end it and write to us.\n\n"
        "BoxCostPro\n",
    ),
    "STAFF_INVITED": MailTemplate(
        "You belong to the staff of BoxCostPro",
        "Dear {full_name},\n\n"
        "An account was made for you as {role}. Choose its password with this link, once and within 24 hours:\n\n"
        "{link}\n\n"
        "If you do not work for BoxCostPro, do nothing.\n\n"
        "BoxCostPro\n",
    ),
    "ADMIN_PASSWORD_RESET": MailTemplate(
        "Choose a new password",
        "Dear {full_name},\n\n"
        "A colleague had this link sent to you. With it you choose a new password for your account on the staff of\n"
        "BoxCostPro, once and within 24 hours. Links sent before no longer work.\n\n"
        "{link}\n\n"
        "You are then logged out everywhere. If you did not want this, do nothing: your password stays as it is.\n\n"
        "BoxCostPro\n",
    ),
    "BREAK_GLASS_USED": MailTemplate(
        "{whose} used a break-glass code",
        "Dear {full_name},\n\n"
        "{whose} gave the password and a break-glass code on {at} from {address}, an address that is not on the list\n"
        "of allowed ones.\n\n"
        "If that was not agreed, disable the account: its sessions end at once.\n\n"
        "BoxCostPro\n",
    ),
    "ADMIN_APPROVAL_SUBMITTED": MailTemplate(
        "A company waits for approval",
        "A company has finished setting up and waits to be approved or rejected:\n\n{link}\n\nBoxCostPro\n",
    ),
    "APPROVAL_APPROVED": MailTemplate(
        "{company_name} is approved",
        "Dear {full_name},\n\n"
        "{company_name} is approved: everybody in it can price boxes and write quotes from now on.\n\n"
        "BoxCostPro\n",
    ),
    "APPROVAL_REJECTED": MailTemplate(
        "{company_name} was not approved",
        "Dear {full_name},\n\n"
        "{company_name} was not approved, for this reason:\n\n"
        "{reason}\n\n"
        "Correct what it says and submit the company again.\n\n"
        "BoxCostPro\n",
    ),
    "ONBOARDING_REMINDER": MailTemplate(
        "Finish setting up {company_name}",
        "Dear {full_name},\n\n"
        "{company_name} is not submitted for approval yet. Give its address, phone number, e-mail address and GST\n"
        "number, look through prices and flutes, then submit it:\n\n"
        "{link}\n\n"
        "BoxCostPro\n",
    ),
    "TRIAL_INVITED": MailTemplate(
        "Try BoxCostPro for {trial_days} days",
        "You are invited to try BoxCostPro, which prices corrugated boxes and writes the quotations, for {trial_days}\n"
        "days. Sign up for this address with this link, once and within that time; the trial begins then. Links sent\n"
        "before no longer work.\n\n"
        "{link}\n\n"
        "If you do not want to, do nothing.\n\n"
        "BoxCostPro\n",
    ),
    "TRIAL_STARTED": MailTemplate(
        "Welcome to BoxCostPro, {full_name}",
        "Dear {full_name},\n\n"
        "{company_name} is set up: paper prices, flutes and shades have their usual defaults. Adjust the prices\n"
        "to yours, then price a box or upload a spreadsheet of boxes and download the quotation.\n\n"
        "Your trial ends on {until}.\n\n"
        "BoxCostPro\n",
    ),
}

CODE_AS_TEXT = "{code} is your BoxCostPro code. It counts for five minutes. Tell it to nobody."


def written(template: str, values: dict[str, str]) -> MailTemplate:
    """Subject and text with the values filled in; line breaks inside a value become spaces (no header injection)."""
    plain = {name: " ".join(value.split()) for name, value in values.items()}
    plain |= {name: unlinked(plain[name]) for name in NAMES if name in plain}
    found = MAILS[template]
    return MailTemplate(found.subject.format_map(plain), found.text.format_map(plain))

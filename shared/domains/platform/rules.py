"""The built-in mails: plain text, one recipient, at most one link."""

from typing import NamedTuple


class MailTemplate(NamedTuple):
    subject: str
    text: str


MAILS = {
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
        "The password of your account was changed, and your other devices were signed out.\n\n"
        "If it was not you, choose a new password at once: ask for a link where you sign in.\n\n"
        "BoxCostPro\n",
    ),
    "MEMBER_INVITED": MailTemplate(
        "{inviter} invites you to {company_name} on BoxCostPro",
        "{inviter} invites you to work with {company_name} on BoxCostPro. Sign in with this address, or sign up and\n"
        "confirm it, then accept with this link, once and within 7 days. Links sent before no longer work.\n\n"
        "{link}\n\n"
        "If you do not know {company_name}, do nothing.\n\n"
        "BoxCostPro\n",
    ),
    "SECOND_FACTOR_ENABLED": MailTemplate(
        "Your second factor is on",
        "Dear {full_name},\n\n"
        "From now on signing in wants a code of your app besides the password; your other devices were signed out.\n"
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
        "Codes of your app are refused for now",
        "Dear {full_name},\n\n"
        "Too many wrong codes in a row were given for your account, so codes of your app are refused until you\n"
        "sign in with one of your backup codes.\n\n"
        "If it was not you who tried them, somebody knows your password: choose a new one.\n\n"
        "BoxCostPro\n",
    ),
    "BACKUP_CODE_USED": MailTemplate(
        "A backup code was used",
        "Dear {full_name},\n\n"
        "One of your backup codes took the place of a code of your app; {left} are left. Have new ones made when few\n"
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
}


def written(template: str, values: dict[str, str]) -> MailTemplate:
    """Subject and text with the values filled in; line breaks inside a value become spaces (no header injection)."""
    plain = {name: " ".join(value.split()) for name, value in values.items()}
    found = MAILS[template]
    return MailTemplate(found.subject.format_map(plain), found.text.format_map(plain))

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
        "{app_url}\n\n"
        "BoxCostPro\n",
    ),
}


def written(template: str, values: dict[str, str]) -> MailTemplate:
    """Subject and text with the values filled in; line breaks inside a value become spaces (no header injection)."""
    plain = {name: " ".join(value.split()) for name, value in values.items()}
    found = MAILS[template]
    return MailTemplate(found.subject.format_map(plain), found.text.format_map(plain))

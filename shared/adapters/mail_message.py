"""A mail as RFC 5322 text."""

from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from shared.domains.platform.ports import Mail


def build(mail: Mail, sender: str) -> EmailMessage:
    """The Message-ID derives from the mail's id, so that a mailbox can tell a repeated delivery."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    message["Date"] = format_datetime(mail.written_at)
    message["Message-ID"] = f"<{mail.id}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    message.set_content(mail.text)
    return message

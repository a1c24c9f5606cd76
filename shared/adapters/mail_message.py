"""A mail as RFC 5322 text."""

from email.headerregistry import UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy, Policy
from email.utils import format_datetime, parseaddr

from shared.domains.platform.ports import Mail


class _Url(UnstructuredHeader):
    """Stays on one line: what is too long for one, Python would write as an encoded word, which nobody follows."""

    name: str

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_POLICY = EmailPolicy()
_POLICY.header_factory.map_to_type("list-unsubscribe", _Url)  # type: ignore[attr-defined]


def build(mail: Mail, sender: str) -> EmailMessage:
    """The Message-ID derives from the mail's id, so that a mailbox can tell a repeated delivery."""
    message = EmailMessage(_POLICY)
    message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    message["Date"] = format_datetime(mail.written_at)
    message["Message-ID"] = f"<{mail.id}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    if mail.unsubscribe:  # RFC 8058: by one click of the mail program
        message["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.text)
    return message

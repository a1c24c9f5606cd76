"""Mail through Amazon SES."""

import boto3

from shared.adapters import aws, mail_message
from shared.domains.platform.ports import Mail


class Ses:
    """`Mailer` over the SES API v2."""

    def __init__(self, sender: str) -> None:
        self._sender, self._client = sender, boto3.client("sesv2", config=aws.config())

    def send(self, mail: Mail) -> None:
        message = mail_message.build(mail, self._sender)
        self._client.send_email(
            FromEmailAddress=self._sender,
            Destination={"ToAddresses": [mail.to]},
            Content={"Raw": {"Data": message.as_bytes()}},
        )

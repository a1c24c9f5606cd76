"""Text messages through Amazon SNS."""

import boto3

from shared.adapters import aws
from shared.domains.platform.ports import TextMessage


class Sns:
    """`Texter` over SNS, which cannot tell a repeat: a crash between sending and noting it costs a second message."""

    def __init__(self, sender: str) -> None:
        self._sender, self._client = sender, boto3.client("sns", config=aws.config())

    def send(self, message: TextMessage) -> None:
        said = {"AWS.SNS.SMS.SMSType": "Transactional", "AWS.SNS.SMS.SenderID": self._sender}
        self._client.publish(
            PhoneNumber=message.to,
            Message=message.text,
            MessageAttributes={
                name: {"DataType": "String", "StringValue": value} for name, value in said.items() if value
            },
        )

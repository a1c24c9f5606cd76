"""What a word of `needs=` means on AWS: variables, the one action the function may take and on what, its layer.

Where a value is known at deployment only, it is the name of a parameter: a domain template declares those it uses, and
the root template passes them.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Need(NamedTuple):
    environment: Mapping[str, str] = MappingProxyType({})  # variable -> parameter
    action: str = ""
    resource: str = ""  # parameter with the ARN
    layer: str = ""


EVERYBODY = Need(
    environment={
        "ENVIRONMENT": "Stage",
        "APP_URL": "AppUrl",
        "ALLOWED_ORIGINS": "AllowedOrigins",
        "DATABASE_URL": "DatabaseUrl",
        "DATABASE_SECRET": "DatabaseSecretArn",
        "DATABASE_CA": "DatabaseCa",
        "VIEWER_SECRET": "ViewerSecret",
    },
    action="secretsmanager:GetSecretValue",
    resource="DatabaseSecretArn",
)

NEEDS = {
    "outbox": Need({"OUTBOX_QUEUE_URL": "OutboxQueueUrl"}, "sqs:SendMessage", "OutboxQueueArn"),
    "bus": Need({"EVENT_BUS": "EventBusName"}, "events:PutEvents", "EventBusArn"),
    "mail": Need({"MAIL_FROM": "MailFrom"}, "ses:SendRawEmail", "MailArns"),  # for SendEmail of what is raw
    "text": Need({"TEXT_SENDER": "TextSender"}, "sns:Publish", "TextResource"),
    "signing_key": Need({"SIGNING_KEY": "SigningKeyArn"}, "secretsmanager:GetSecretValue", "SigningKeyArn"),
    "factor_key": Need(
        {"FACTOR_KEY": "FactorKeyArn", "TOTP_ISSUER_NAME": "TotpIssuerName"},
        "secretsmanager:GetSecretValue",
        "FactorKeyArn",
    ),
    "session_secret": Need({"SESSION_SECRET": "SessionSecretArn"}, "secretsmanager:GetSecretValue", "SessionSecretArn"),
    "admin_policy": Need(
        {
            "ADMIN_SESSION_TIMEOUT": "AdminSessionTimeout",
            "ADMIN_2FA_REQUIRED": "AdminSecondFactorRequired",
            "ADMIN_2FA_GRACE_UNTIL": "AdminSecondFactorGraceUntil",
        }
    ),
    "exports_put": Need({"EXPORT_BUCKET": "ExportBucketName"}, "s3:PutObject", "ExportObjectsArn"),
    "exports_get": Need({"EXPORT_BUCKET": "ExportBucketName"}, "s3:GetObject", "ExportObjectsArn"),
    "exports_find": Need({"EXPORT_BUCKET": "ExportBucketName"}, "s3:ListBucket", "ExportBucketArn"),
    "exports_delete": Need({"EXPORT_BUCKET": "ExportBucketName"}, "s3:DeleteObject", "ExportObjectsArn"),
    "attachments_upload": Need({"ATTACHMENT_BUCKET": "AttachmentBucketName"}, "s3:PutObject", "AttachmentUploadsArn"),
    "attachments_find": Need({"ATTACHMENT_BUCKET": "AttachmentBucketName"}, "s3:ListBucket", "AttachmentBucketArn"),
    "attachments_read": Need({"ATTACHMENT_BUCKET": "AttachmentBucketName"}, "s3:GetObject", "AttachmentUploadsArn"),
    "attachments_keep": Need({"ATTACHMENT_BUCKET": "AttachmentBucketName"}, "s3:PutObject", "AttachmentFilesArn"),
    "attachments_delete": Need({"ATTACHMENT_BUCKET": "AttachmentBucketName"}, "s3:DeleteObject", "AttachmentFilesArn"),
    "files_key": Need(
        {"FILES_URL": "FilesUrl", "FILES_KEY_ID": "FilesKeyId", "FILES_SIGNING_KEY": "FilesSigningKeyArn"},
        "secretsmanager:GetSecretValue",
        "FilesSigningKeyArn",
    ),
    "pdf": Need(layer="Pdf"),
    "docs": Need(layer="Docs"),
}

SES = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}"

# Parameter of a domain template -> what the root template passes for it.
PASSED = {
    "Stage": "!Ref Stage",
    "AppUrl": "!Sub https://${DomainName}",
    "AllowedOrigins": "!Ref AllowedOrigins",
    "SubnetIds": "!Sub ${PrivateSubnetA},${PrivateSubnetB}",
    "SecurityGroupIds": "!Ref FunctionSecurityGroup",
    "DatabaseUrl": "!Sub postgresql://${DatabaseProxy.Endpoint}:5432/boxcostpro",
    "DatabaseSecretArn": "!Ref AppSecret",
    "DatabaseCa": "!Ref DatabaseCa",
    "AuthorizerArn": "!GetAtt Authorizer.Arn",
    "AuthorizerRoleArn": "!GetAtt FunctionInvokeRole.Arn",
    "AlarmTopicArn": "!Ref AlarmTopic",
    "EventBusName": "!Ref EventBus",
    "EventBusArn": "!GetAtt EventBus.Arn",
    "OutboxQueueUrl": "!Ref OutboxQueue",
    "OutboxQueueArn": "!GetAtt OutboxQueue.Arn",
    "MailFrom": "!Sub BoxCostPro <no-reply@${MailDomain}>",
    "MailArns": f"!Sub {SES}:identity/${{MailDomain}},{SES}:configuration-set/*",  # SES asks for the set too, if any
    "TextSender": "!Ref TextSender",
    "TextResource": '"*"',  # a phone number has no ARN
    "SigningKeyArn": "!Ref SigningKey",
    "SessionSecretArn": "!Ref SessionSecret",
    "FactorKeyArn": "!Ref FactorKey",
    "TotpIssuerName": "!Ref TotpIssuerName",
    "ViewerSecret": '!Sub "{{resolve:secretsmanager:${ViewerSecret}}}"',
    "AdminSessionTimeout": "!Ref AdminSessionTimeout",
    "AdminSecondFactorRequired": "!Ref AdminSecondFactorRequired",
    "AdminSecondFactorGraceUntil": "!Ref AdminSecondFactorGraceUntil",
    "ExportBucketName": "!Ref ExportBucket",
    "ExportBucketArn": "!GetAtt ExportBucket.Arn",
    "ExportObjectsArn": "!Sub ${ExportBucket.Arn}/*",
    "AttachmentBucketName": "!Ref AttachmentBucket",
    "AttachmentBucketArn": "!GetAtt AttachmentBucket.Arn",
    "AttachmentUploadsArn": "!Sub ${AttachmentBucket.Arn}/uploads/*",
    "AttachmentFilesArn": "!Sub ${AttachmentBucket.Arn}/files/*",
    "FilesUrl": "!Sub https://${Files.DomainName}",
    "FilesKeyId": "!Ref FilesPublicKey",
    "FilesSigningKeyArn": "!Ref FilesSigningKey",
}
LISTS = {"SubnetIds", "SecurityGroupIds", "MailArns"}

"""Every environment variable the product reads; docs/settings.md is generated from this."""

import json
import os
from collections.abc import Callable
from functools import cache
from typing import NamedTuple


class Setting(NamedTuple):
    default: str
    meaning: str


SETTINGS = {
    "DATABASE_URL": Setting(
        "", "PostgreSQL, `postgresql://user:password@host:port/database`; functions use the role `app`"
    ),
    "DATABASE_SECRET": Setting(
        "", "ARN of a secret with `username` and `password`, which then replace those of the URL"
    ),
    "DATABASE_CA": Setting(
        "", "File with the certificate authority of the database; without it the connection has no TLS"
    ),
    "APP_URL": Setting(
        "http://127.0.0.1:8000", "Where the product is reached from outside; links in mails begin with it"
    ),
    "ENVIRONMENT": Setting("local", "`local`, `dev`, `staging` or `prod`"),
    "SESSION_SECRET": Setting(
        "", "Pepper of keyed hashes (tokens, counters), and what mailed links are made with; value or ARN of a secret"
    ),
    "FACTOR_KEY": Setting(
        "", "Key under which the secrets of second factors are encrypted; value or ARN of a secret, never to be changed"
    ),
    "TOTP_ISSUER_NAME": Setting("BoxCostPro", "Whose codes they are, as authenticator apps show it"),
    "ADMIN_SESSION_TIMEOUT": Setting("3600", "Seconds that an admin's session lives, however busy he is"),
    "ADMIN_2FA_REQUIRED": Setting(
        "auto", "`on`, `off`, or `auto`, which is on in production: admins without a second factor can only set one up"
    ),
    "ADMIN_2FA_GRACE_UNTIL": Setting("", "Day (YYYY-MM-DD, UTC) until which that is only announced to them"),
    "VIEWER_SECRET": Setting(
        "", "What CloudFront proves itself with when it tells the caller's address; empty: only the gateway's counts"
    ),
    "SIGNING_KEY": Setting("", "Private P-256 key (PEM) that signs access tokens; value or ARN of a secret"),
    "VERIFYING_KEY": Setting("", "Public P-256 key (PEM) with which the authorizer verifies access tokens"),
    "ALLOWED_ORIGINS": Setting("", "Origins that browsers may call from, separated by commas"),
    "OUTBOX_QUEUE_URL": Setting("", "Queue that wakes the outbox relay after a commit; empty: its schedule alone does"),
    "EVENT_BUS": Setting("", "Event bus to which the relay hands the events of the outbox"),
    "EXPORT_BUCKET": Setting("", "Bucket that keeps the archives of tenants' data"),
    "ATTACHMENT_BUCKET": Setting("", "Bucket that keeps the files attached to tickets"),
    "FILES_URL": Setting("", "Where those files are downloaded, by signed links alone"),
    "FILES_KEY_ID": Setting("", "Which of CloudFront's public keys the signatures of those links are checked with"),
    "FILES_SIGNING_KEY": Setting("", "Private RSA key (PEM) that signs those links; value or ARN of a secret"),
    "MAIL_FROM": Setting("BoxCostPro <no-reply@example.com>", "Sender of mails"),
    "MAIL_SMTP": Setting("", "`host:port` of an SMTP server that takes the mails; empty: Amazon SES does"),
    "TEXT_SENDER": Setting("", "Sender of text messages, where a country's networks show one; empty: SNS chooses"),
    "TEXT_SMTP": Setting(
        "", "`host:port` of an SMTP server that takes text messages as mails to digits@text.example; empty: SNS does"
    ),
    "PASSWORD_KIBIBYTES": Setting("19456", "Memory of a password's Argon2id hash, in KiB; the tests alone lower it"),
    "RATE_LIMIT_FACTOR": Setting("1", "The rate limits are multiplied by this; the local stack sets 1000"),
    "CLOCK_OFFSET_FILE": Setting("", "Local stack only: file with the seconds by which the time is moved"),
}

SECRETS = ("DATABASE_SECRET", "SESSION_SECRET", "FACTOR_KEY", "SIGNING_KEY", "FILES_SIGNING_KEY")

lookup: Callable[[str], str] = os.environ.__getitem__  # entry/wiring.py puts the reader of AWS Secrets Manager here


def read(name: str) -> str:
    """The value of a declared setting, or its default."""
    return os.environ.get(name) or SETTINGS[name].default


def secret(name: str) -> str:
    """The value of a secret setting: as it stands, or, where it is the ARN of a secret, looked up once per process."""
    value = read(name)
    if not value:
        raise LookupError(f"{name} is not set: see docs/settings.md")
    return _looked_up(value) if value.startswith("arn:") else value


def credentials(name: str) -> tuple[str, str]:
    """User and password of the secret whose ARN the setting holds."""
    document = json.loads(_looked_up(read(name)))
    return document["username"], document["password"]


def preload() -> None:
    """Look up every secret that this process has the ARN of. Asked before a connection is made, so that nobody waits
    for one while a transaction of his holds locks."""
    for value in map(read, SECRETS):
        if value.startswith("arn:"):
            _looked_up(value)


def forget_secrets() -> None:
    """Look them up again when next asked for: one was refused, so it may have been replaced."""
    _looked_up.cache_clear()


@cache
def _looked_up(arn: str) -> str:
    return lookup(arn)

"""What this machine gives the functions: where things are, and secrets made once."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from local.cloudformation import REGION

VARIABLES = {  # name -> default, meaning
    "PORT": ("8000", "Port of `make run` on 127.0.0.1"),
    "LOCAL_HOME": (".local", "Folder with the state of `make run`; another one, with another PORT, is a second stack"),
    "LOCAL_CONCURRENCY": ("8", "Processes that one function may have in `make run`; further callers wait"),
    "LOCAL_PROJECT": ("", "Project that `make run` serves; empty: the one it belongs to"),
}
# Taken from the environment, if there.
CHOSEN = (
    "APP_URL", "SESSION_SECRET", "FACTOR_KEY", "TOTP_ISSUER_NAME", "MAIL_FROM",
    "ADMIN_SESSION_TIMEOUT", "ADMIN_2FA_REQUIRED", "ADMIN_2FA_GRACE_UNTIL",
)  # fmt: skip
ORIGINS = "http://localhost:3000,http://localhost:5173"  # where front ends are developed


class Secrets(NamedTuple):
    session_secret: str
    factor_key: str
    signing_key: str
    verifying_key: str
    files_key: str
    viewer_secret: str
    admin_password: str  # of the demo's admin
    app_password: str


@dataclass(frozen=True)
class Settings:
    """Of one stack; two with other `home` and `port` run side by side."""

    root: Path  # the project: template.yaml, functions/, shared/
    home: Path  # state and logs
    port: int
    concurrency: int  # processes a function
    database_url: str  # "" for the embedded PostgreSQL

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def file(self) -> Path:
        """What tells others where the running stack is."""
        return self.home / "stack.json"

    @property
    def origins(self) -> str:
        return os.environ.get("ALLOWED_ORIGINS", ORIGINS)


def read() -> Settings:
    """From the environment; `DATABASE_URL` is of the owner of a database that is there already."""
    given = {name: os.environ.get(name) or default for name, (default, _) in VARIABLES.items()}
    root = Path(given["LOCAL_PROJECT"] or Path(__file__).parent.parent).resolve()
    try:
        port, concurrency = int(given["PORT"]), int(given["LOCAL_CONCURRENCY"])
    except ValueError:
        raise SystemExit("PORT and LOCAL_CONCURRENCY are numbers") from None
    return Settings(root, root / given["LOCAL_HOME"], port, max(1, concurrency), os.environ.get("DATABASE_URL", ""))


def make_secrets(home: Path) -> Secrets:
    """Those of the first start; a sign-in outlives a restart."""
    file = home / "secrets.json"
    known = json.loads(file.read_text()) if file.exists() else {}
    if known.keys() == set(Secrets._fields):
        return Secrets(**known)
    key = ec.generate_private_key(ec.SECP256R1())
    files_key = rsa.generate_private_key(65537, 2048)
    made = Secrets(
        session_secret=secrets.token_urlsafe(32),
        factor_key=secrets.token_urlsafe(48),
        signing_key=key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        files_key=files_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        verifying_key=key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
        viewer_secret=secrets.token_urlsafe(32),
        admin_password=secrets.token_urlsafe(12),
        app_password=secrets.token_urlsafe(24),
    )
    made = made._replace(**{name: known[name] for name in Secrets._fields if name in known})
    write_private(file, json.dumps(made._asdict()))
    return made


def write_private(file: Path, text: str) -> None:
    """Appears at once and whole, readable by its owner alone."""
    new = file.with_name(file.name + ".new")
    new.unlink(missing_ok=True)
    new.touch(mode=0o600)
    new.write_text(text)
    new.rename(file)


def declared_variables(settings: Settings, known: Secrets, database_url: str, files_url: str) -> dict[str, str]:
    """Values for variables that templates declare; a function gets only those that its template gives it."""
    chosen = {name: os.environ[name] for name in CHOSEN if os.environ.get(name)}
    return {
        "DATABASE_URL": database_url,
        "DATABASE_SECRET": "",
        "DATABASE_CA": "",
        "APP_URL": settings.base_url,
        "ENVIRONMENT": "local",
        "ALLOWED_ORIGINS": settings.origins,
        "SESSION_SECRET": known.session_secret,
        "FACTOR_KEY": known.factor_key,
        "TOTP_ISSUER_NAME": "BoxCostPro",
        "ADMIN_SESSION_TIMEOUT": "3600",
        "ADMIN_2FA_REQUIRED": "auto",
        "ADMIN_2FA_GRACE_UNTIL": "",
        "VIEWER_SECRET": known.viewer_secret,
        "SIGNING_KEY": known.signing_key,
        "VERIFYING_KEY": known.verifying_key,
        "FILES_URL": files_url,
        "FILES_SIGNING_KEY": known.files_key,
        "MAIL_FROM": "BoxCostPro <no-reply@example.com>",
        "TEXT_SENDER": "",
    } | chosen


def local_variables(clock_file: Path, mail_address: str, aws_url: str) -> dict[str, str]:
    """What every function gets here and none on AWS."""
    return {
        "CLOCK_OFFSET_FILE": str(clock_file),
        "MAIL_SMTP": mail_address,
        "TEXT_SMTP": mail_address,
        "AWS_ENDPOINT_URL": aws_url,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "RATE_LIMIT_FACTOR": os.environ.get("RATE_LIMIT_FACTOR", "1000"),
    }

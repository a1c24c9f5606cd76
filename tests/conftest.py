"""What every test may ask for."""

import os
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import HealthCheck, settings

from tests.support import admins, client, mailed
from tests.support.client import Client
from tests.support.database import Database, started
from tests.support.stack import Stack, running

pytest_plugins = ["tests.support.cases"]
PEM = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()

# Examples are judged by what they give, not by how long a busy machine takes for them.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_configure() -> None:
    """The secrets of a stack that exists only for these tests."""
    key, files_key = ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, 2048)
    private = key.private_bytes(*PEM)
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    os.environ |= {
        "SIGNING_KEY": private.decode(),
        "VERIFYING_KEY": public.decode(),
        "SESSION_SECRET": "pepper of the tests",
        "FACTOR_KEY": "envelope key of the tests",
        "RATE_LIMIT_FACTOR": "1000",
        "PASSWORD_KIBIBYTES": "64",
        "ATTACHMENT_BUCKET": "attachments",
        "FILES_URL": "https://files.example.com",
        "FILES_KEY_ID": "KEY1",
        "FILES_SIGNING_KEY": files_key.private_bytes(*PEM).decode(),
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with started(tmp_path_factory.mktemp("postgres")) as found:
        mailed.behind[client.in_process] = found
        yield found


@pytest.fixture
def owner(database: Database) -> Client:
    """The owner of a new tenant, calling the handlers in this process."""
    return client.sign_up()


@pytest.fixture
def admin(database: Database) -> Client:
    """A new super admin of the platform."""
    return admins.new_admin(database)


@pytest.fixture
def nobody(database: Database) -> Client:
    return Client()


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The whole product over HTTP, started once."""
    with running(tmp_path_factory.mktemp("stack")) as found:
        yield found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs the stack shares one, on one worker."""
    for item in items:
        if "stack" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.stack)
            item.add_marker(pytest.mark.xdist_group("stack"))

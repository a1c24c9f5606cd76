"""What the tests of onboarding may ask for besides."""

from collections.abc import Iterator

import pytest

from tests.support import admins
from tests.support.client import Client
from tests.support.database import Database

SET = "update platform_settings set value = :value where key = 'onboarding_approval'"


@pytest.fixture
def by_hand(database: Database) -> Iterator[None]:
    """Companies are approved by hand; afterwards, for the other tests, at once again."""
    database.run(SET, value="manual")
    yield
    database.run(SET, value="auto")


@pytest.fixture
def decider(database: Database) -> Iterator[Client]:
    """A new super admin, while those of other tests are disabled."""
    database.run("update admins set disabled_at = created_at where disabled_at is null")
    yield admins.new_admin(database)
    database.run("update admins set disabled_at = null where disabled_at = created_at")

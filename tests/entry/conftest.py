"""What the tests of the harnesses share."""

import pytest

from tests.support import notes
from tests.support.database import Database


@pytest.fixture
def noted(database: Database) -> Database:
    """The database, with the empty table of tests/support/notes.py."""
    notes.prepare(database)
    return database

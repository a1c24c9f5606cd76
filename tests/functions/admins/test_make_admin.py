"""The Lambda that makes a super admin."""

import pytest
from pydantic import ValidationError

from tests.support import admins
from tests.support.client import new_email
from tests.support.database import Database


def test_it_answers_a_link_and_stores_neither_it_nor_a_password(database: Database) -> None:
    email = new_email()
    made = admins.make_admin(email.upper())
    assert made["email"] == email
    token = made["link"].partition("/admin/set-password?token=")[2]
    assert len(token) == 43
    [[row, link]] = database.run(
        "select admins::text, admin_links::text from admins join admin_links on admin_id = id where email = :email",
        email=email,
    )
    assert token not in f"{row}{link}"
    assert database.run("select password_hash, role from admins where email = :email", email=email) == [
        [None, "super_admin"]
    ]


def test_again_it_only_makes_another_link(database: Database) -> None:
    email = new_email()
    first, second = admins.make_admin(email), admins.make_admin(email)
    assert first["link"] != second["link"]
    assert database.run("select count(*) from admins where email = :email", email=email) == [[1]]


def test_what_is_no_address_is_refused(database: Database) -> None:
    with pytest.raises(ValidationError, match="email"):
        admins.make_admin("nobody")

"""DELETE /api/admin/sessions."""

from tests.support import admins
from tests.support.client import Client, Request
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("DELETE", "/api/admin/sessions")


def test_the_others_end_at_once(admin: Client, database: Database) -> None:
    other, colleague = admins.logged_in(admin), admins.new_admin(database)
    assert admin.send(example(admin)).status == 204
    assert other.get("/api/admin/profile").status == 401
    assert admin.get("/api/admin/profile").status == colleague.get("/api/admin/profile").status == 200

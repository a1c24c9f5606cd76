"""GET /api/admin/2fa/backup-codes."""

from tests.support import factors
from tests.support.client import Client, Request


def example(admin: Client) -> Request:
    return Request("GET", "/api/admin/2fa/backup-codes")


def test_it_counts_those_that_are_left_and_shows_none(admin: Client) -> None:
    assert admin.send(example(admin)).json == {"backup_codes_left": 0, "expires_at": None}
    app = factors.set_up_of_admin(admin)
    assert admin.send(example(admin)).json["backup_codes_left"] == 0, "they do not count yet"
    assert admin.post("/api/admin/2fa/verify", {"totp_code": app.code()}).status == 200
    assert admin.send(example(admin)).json == {"backup_codes_left": 10, "expires_at": None}

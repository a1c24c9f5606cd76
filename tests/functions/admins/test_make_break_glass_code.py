"""POST /api/admin/ip-whitelist/break-glass."""

from tests.functions.admins.colleagues import ALLOWED
from tests.support.client import Client, Request
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("POST", f"{ALLOWED}/break-glass")


def test_the_code_is_shown_and_only_a_digest_is_kept(admin: Client, database: Database) -> None:
    code = admin.send(example(admin)).json["code"]
    assert len(code) == 43, "256 bits"
    [[kept]] = database.run(
        "select admin_break_glass_codes::text from admin_break_glass_codes where admin_id = :id",
        id=admin.account["admin"]["id"],
    )
    assert code not in str(kept)


def test_each_admin_has_one(admin: Client, database: Database) -> None:
    codes = {admin.send(example(admin)).json["code"] for _ in range(3)}
    kept = "select count(*) from admin_break_glass_codes where admin_id = :id"
    assert len(codes) == 3
    assert database.run(kept, id=admin.account["admin"]["id"]) == [[1]]

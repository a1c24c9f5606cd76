"""POST /api/admin/2fa/verify-backup."""

from tests.support import factors
from tests.support.client import Client, Request
from tests.support.database import Database

ROUND_TRIPS = 3


def example(admin: Client) -> Request:
    if not admin.get("/api/admin/2fa/status").json["enabled"]:
        factors.enable_of_admin(admin)
    code = admin.post("/api/admin/2fa/regenerate-backup-codes").json["backup_codes"][0]
    return Request("POST", "/api/admin/2fa/verify-backup", {"code": code})


def test_it_steps_up_once(admin: Client, database: Database) -> None:
    app = factors.enable_of_admin(admin)
    database.run("update admin_sessions set factor_at = null where admin_id = :id", id=factors.admin_id(admin))
    given = {"code": app.backup_codes[4]}
    assert admin.post("/api/admin/2fa/verify-backup", given).json["factor_at"]
    assert admin.get("/api/admin/2fa/backup-codes").json["backup_codes_left"] == 9
    answer = admin.post("/api/admin/2fa/verify-backup", given)
    assert (answer.status, answer.json["type"]) == (401, "/problems/code-spent")
    assert admin.post("/api/admin/2fa/regenerate-backup-codes").status == 200


def test_it_ends_a_block(admin: Client, database: Database) -> None:
    app = factors.enable_of_admin(admin)
    database.run(
        "update two_factor_auth set failures = 100, blocked_at = created_at where holder_id = :id",
        id=factors.admin_id(admin),
    )
    answer = admin.post("/api/admin/2fa/verify", {"totp_code": app.code()})
    assert (answer.status, answer.json["type"]) == (403, "/problems/factor-blocked")
    assert admin.post("/api/admin/2fa/verify-backup", {"code": app.backup_codes[0]}).status == 200
    assert admin.post("/api/admin/2fa/verify", {"totp_code": app.code()}).status == 200


def test_another_admins_code_is_wrong(admin: Client, owner: Client) -> None:
    factors.enable_of_admin(admin)
    theirs = factors.enable(owner).backup_codes[0]
    answer = admin.post("/api/admin/2fa/verify-backup", {"code": theirs})
    assert (answer.status, answer.json["type"]) == (401, "/problems/code-wrong")

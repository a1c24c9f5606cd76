"""POST /api/admin/2fa/regenerate-backup-codes."""

from tests.support import factors
from tests.support.client import Client, Request


def example(admin: Client) -> Request:
    if not admin.get("/api/admin/2fa/status").json["enabled"]:
        factors.enable_of_admin(admin)
    return Request("POST", "/api/admin/2fa/regenerate-backup-codes")


def test_the_new_codes_work_and_the_old_ones_are_dead(admin: Client) -> None:
    old = factors.enable_of_admin(admin).backup_codes
    new = admin.send(example(admin)).json["backup_codes"]
    assert len(set(old + new)) == 20
    assert factors.complete(admin, factors.challenge_of_admin(admin), old[0]).status == 401
    assert factors.complete(admin, factors.challenge_of_admin(admin), new[0]).status == 200


def test_without_a_factor_there_are_none(admin: Client) -> None:
    answer = admin.post("/api/admin/2fa/regenerate-backup-codes")
    assert (answer.status, answer.json["type"]) == (409, "/problems/factor-not-enabled")

"""POST /api/v1/2fa/regenerate-backup-codes."""

from tests.support import factors
from tests.support.client import Client, Request

OWN = True


def example(owner: Client) -> Request:
    if not owner.get("/api/v1/2fa/status").json["enabled"]:
        factors.enable(owner)
    return Request("POST", "/api/v1/2fa/regenerate-backup-codes")


def test_the_new_codes_work_and_the_old_ones_are_dead(owner: Client) -> None:
    old = factors.enable(owner).backup_codes
    new = owner.send(example(owner)).json["backup_codes"]
    assert len(set(old + new)) == 20
    assert factors.verify(owner, factors.challenge(owner), old[0]).status == 401
    assert factors.verify(owner, factors.challenge(owner), new[0]).status == 200


def test_without_a_factor_there_are_none(owner: Client) -> None:
    answer = owner.post("/api/v1/2fa/regenerate-backup-codes")
    assert (answer.status, answer.json["type"]) == (409, "/problems/factor-not-enabled")

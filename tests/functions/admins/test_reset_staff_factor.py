"""POST /api/admin/staff/{admin_id}/reset-2fa."""

from tests.functions.admins.colleagues import STAFF, colleague, grant, invited, path, problem
from tests.support import admins, factors, mailed
from tests.support.client import Client, Request

ROUND_TRIPS = 3  # who he is, his factor, the commit


def example(admin: Client) -> Request:
    support = invited(admin)
    factors.enable_of_admin(support)
    return Request("POST", f"{path(support)}/reset-2fa")


def test_his_password_alone_is_enough_again_and_his_sessions_have_ended(admin: Client) -> None:
    support = invited(admin)
    factors.enable_of_admin(support)
    assert admins.log_in(support).json["mfa_required"]
    assert admin.post(f"{path(support)}/reset-2fa").status == 204
    assert support.get("/api/admin/profile").status == 401
    assert admins.logged_in(support).get("/api/admin/profile").json["second_factors"] == []
    [[mails]] = mailed.behind[admin.transport].run(
        "select count(*) from outbox where event->>'to' = :to and event->>'template' = 'SECOND_FACTOR_RESET'",
        to=support.account["admin"]["email"],
    )
    assert mails == 1


def test_nobody_resets_his_own(admin: Client) -> None:
    factors.enable_of_admin(admin)
    assert problem(admin.post(f"{path(admin)}/reset-2fa")) == (403, "own-factor")


def test_who_has_none_has_none_to_reset(admin: Client) -> None:
    answer = admin.post(f"{STAFF}/{colleague(admin)['id']}/reset-2fa")
    assert problem(answer) == (409, "factor-not-enabled")


def test_a_super_admins_is_for_who_configures_roles(admin: Client) -> None:
    boss = invited(admin, "super_admin")
    factors.enable_of_admin(boss)
    support = grant(admin, invited(admin), "reset_staff_password")
    assert problem(support.post(f"{path(boss)}/reset-2fa")) == (403, "roles-not-yours")

"""DELETE /api/admin/staff/{admin_id}."""

from tests.functions.admins.colleagues import STAFF, colleague, invited, path, problem
from tests.support import admins, mailed
from tests.support.client import PASSWORD, Client, Request
from tests.support.database import Database


def example(admin: Client) -> Request:
    return Request("DELETE", f"{STAFF}/{colleague(admin)['id']}")


def test_every_session_ends_and_no_other_begins(admin: Client) -> None:
    support = invited(admin)
    other = admins.logged_in(support)
    assert admin.delete(path(support)).status == 204
    assert support.get("/api/admin/profile").status == other.get("/api/admin/profile").status == 401
    assert problem(admins.log_in(support)) == (403, "admin-disabled")


def test_his_history_stays(admin: Client, database: Database) -> None:
    support = invited(admin)
    support.delete("/api/admin/sessions")
    id = support.account["admin"]["id"]
    admin.delete(path(support))
    assert database.run("select operation from admin_audit_logs where admin_id = :id", id=id) == [
        ["DELETE /api/admin/sessions"]
    ]
    assert database.run("select target from admin_audit_logs where target = :target", target=path(support))
    assert database.run("select full_name from admins where id = :id", id=id) == [["Meera Iyer"]]


def test_again_it_changes_nothing(admin: Client, database: Database) -> None:
    request = example(admin)
    seen = [
        (admin.send(request).status, database.run("select max(disabled_at) from admins where full_name = 'Meera Iyer'"))
        for _ in range(2)
    ]
    assert seen[0] == seen[1]


def test_nobody_disables_himself(admin: Client) -> None:
    assert problem(admin.delete(path(admin))) == (403, "own-rights")
    assert admin.get("/api/admin/profile").status == 200


def test_his_link_no_longer_works(admin: Client) -> None:
    made = colleague(admin)
    admin.delete(f"{STAFF}/{made['id']}")
    given = {"token": mailed.secret(admin, "STAFF_INVITED", made["email"]), "password": PASSWORD}
    assert Client().post("/api/admin/set-password", given).status == 410

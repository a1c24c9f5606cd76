"""POST /api/onboarding/submit."""

from tests.functions.onboarding.companies import mails, ready, rejected, standing, submitted
from tests.support import admins
from tests.support.client import Client, Request, sign_up
from tests.support.database import Database

PATH = "/api/onboarding/submit"


def example(owner: Client) -> Request:
    ready(owner)
    return Request("POST", PATH)


def test_it_waits_then(owner: Client) -> None:
    answer = owner.send(example(owner))
    assert (answer.json["status"], answer.json["progress"], answer.json["reason"]) == ("pending", 100, None)
    assert standing(owner) == "pending"


def test_open_steps_are_named(by_hand: None) -> None:
    newcomer = sign_up()
    answer = newcomer.post(PATH)
    assert (answer.status, answer.json["type"]) == (409, "/problems/setup-incomplete")
    assert answer.json["open_steps"] == ["business_profile"]
    assert standing(newcomer) == "not_submitted"


def test_it_is_submitted_once(owner: Client, admin: Client) -> None:
    again = submitted(owner).post(PATH)
    assert (again.status, again.json["type"], again.json["standing"]) == (409, "/problems/already-submitted", "pending")
    assert sign_up().post(PATH).json["standing"] == "approved"


def test_after_a_rejection_it_may_be_submitted_again_and_the_decision_is_gone(
    owner: Client, admin: Client, database: Database
) -> None:
    rejected(admin, submitted(owner))
    assert owner.post(PATH).json["reason"] is None
    found = "select verification, decided_at, decision_note from tenants where id = :id"
    assert database.run(found, id=owner.account["tenant"]["id"]) == [["pending", None, None]]


def test_who_may_decide_gets_a_mail_and_nobody_else(owner: Client, decider: Client, database: Database) -> None:
    granted, other = (admins.new_admin(database, "finance_admin") for _ in range(2))
    database.run("update admins set granted = '{manage_users}' where id = :id", id=granted.account["admin"]["id"])
    submitted(owner)
    told = mails(database, "ADMIN_APPROVAL_SUBMITTED", tenant=owner.account["tenant"]["id"])
    assert {to for to, _ in told} == {who.account["admin"]["email"] for who in (decider, granted)}
    assert str(other.account["admin"]["email"]) not in str(told)
    for _, values in told:
        assert isinstance(values, dict)
        assert values["link"].endswith(f"/admin/users/{owner.account['user']['id']}")


def test_no_more_than_twenty_get_it(owner: Client, database: Database) -> None:
    for _ in range(21):
        admins.new_admin(database)
    submitted(owner)
    assert len(mails(database, "ADMIN_APPROVAL_SUBMITTED", tenant=owner.account["tenant"]["id"])) == 20

"""Companies on their way to approval, for the tests of this domain."""

from tests.functions.quotes.boxes import GSTIN
from tests.support import mailed
from tests.support.client import Client, sign_up
from tests.support.database import Database

LETTERHEAD = {
    "address": "12 Market Yard\nPune",
    "phone": "+91 98765 43210",
    "email": "office@example.com",
    "gst_no": GSTIN,
}
REASON = "The GST number is that of another company."


def ready(owner: Client) -> Client:
    """The same, his company not submitted yet though its steps are done, whether approval is by hand or not."""
    assert owner.patch("/api/tenant", LETTERHEAD).status == 200
    mailed.behind[owner.transport].run(
        "update tenants set verification = 'not_submitted' where id = :id", id=owner.account["tenant"]["id"]
    )
    return owner


def submitted(owner: Client) -> Client:
    """The same, his company waiting."""
    answer = ready(owner).post("/api/onboarding/submit")
    assert answer.status == 200, answer.body
    return owner


def waiting(admin: Client) -> Client:
    """The owner of a new company that waits."""
    return submitted(sign_up(admin.transport))


def decide(admin: Client, owner: Client, decision: str, json: object = None) -> int:
    return admin.post(f"/api/admin/users/{owner.account['user']['id']}/{decision}", json).status


def approved(admin: Client, owner: Client) -> Client:
    assert decide(admin, owner, "approve") == 200
    return owner


def rejected(admin: Client, owner: Client) -> Client:
    assert decide(admin, owner, "reject", {"reason": REASON}) == 200
    return owner


def standing(owner: Client) -> str:
    return str(owner.get("/api/onboarding/status").json["status"])


def mails(database: Database, template: str, **of: str) -> list[list[object]]:
    """Addressee and values of the mails of this template to somebody, or of somebody's tenant."""
    [(name, value)] = of.items()
    found = {"to": "event->>'to' = :value", "tenant": "tenant_id = cast(:value as uuid)"}[name]
    return database.run(
        "select event->>'to', event->'values' from outbox"
        f" where {found} and event->>'template' = :template order by id",
        value=value, template=template,
    )  # fmt: skip
